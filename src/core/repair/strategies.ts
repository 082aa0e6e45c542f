/** The strategies in the order to try and to offer them: the most natural first. */
import type { Candidate } from '../detect/candidate.ts';
import type { Draft, Proposal } from './edit.ts';
import { oneOperation, tryInstead } from './python-attempt.ts';
import { holdLock } from './python-lock.ts';
import { iterateCopy, waitInLoop } from './python-small.ts';
import { actFirst } from './act-first.ts';
import { checkAgain } from './check-again.ts';
import { exclusive } from './exclusive.ts';
import { readLate } from './read-late.ts';
import { singleFlight } from './single-flight.ts';
import { siteOf, type Site } from './site.ts';

const strategies: readonly ((site: Site) => Draft[])[] = [
  waitInLoop,
  oneOperation,
  singleFlight,
  readLate,
  tryInstead,
  iterateCopy,
  actFirst,
  checkAgain,
  holdLock,
  exclusive,
];

/**
 * Edits that may repair a candidate; `all` are the candidates of its program. Pure text: nothing here
 * has been verified.
 */
export function proposals(candidate: Candidate, all: readonly Candidate[]): Proposal[] {
  const site = siteOf(candidate, all);
  const seen = new Set<string>();
  return strategies
    .flatMap((s) => s(site).map((p) => ({ ...p, strategy: s.name })))
    .filter((p) => {
      const key = JSON.stringify(p.edits);
      if (seen.has(key) || p.edits.length === 0) return false;
      seen.add(key);
      return true;
    });
}
