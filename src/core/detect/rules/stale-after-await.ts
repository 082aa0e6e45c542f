/** A value or reference taken before an await is used after it as if nothing had happened. */
import type { Candidate } from '../candidate.ts';
import { mayOverlap, samePlace } from '../shared.ts';
import { relies } from '../walk/events.ts';
import type { Pair } from '../walk/state.ts';
import { clears, isOfOneCall, type Rule, type RuleContext, mayInterfere, pairCandidate, sameState } from './rule.ts';

export const staleAfterAwait: Rule = {
  id: 'stale-after-await',
  detect: (context) => [
    ...context.facts.uses.flatMap((pair) => (isClosedWith(context, pair) ? [pairCandidate(context, pair, 'stale-after-await', 43)] : [])),
    ...context.facts.pairs.flatMap((pair): Candidate[] => {
      const { act, read } = pair;
      if (pair.mode !== 'loop' || read.place.root.kind === 'file' || read.place.root.kind === 'table') return [];
      if (!mayInterfere(context, pair)) return [];
      if (read.isSet === true) {
        const taken = (context.changes.get(read.place.key) ?? []).some((c) => clears(context.info, c.act));
        return taken && sameState(pair) ? [{ ...pairCandidate(context, pair, 'stale-after-await', 44), sets: true }] : [];
      }
      if (act.kind === 'use') return sameState(pair) ? [pairCandidate(context, pair, 'stale-after-await', 45)] : [];
      // Written through a reference that was looked up before the gap.
      if (act.stale && sameState(pair)) {
        // Asked of the very part that is changed, it is a check: the reference is only how one gets there.
        const isChecked = pair.via === 'control' && read.place.path.length > 1 && mayOverlap(read.place, act.place);
        return [pairCandidate(context, pair, 'stale-after-await', isChecked ? 55 : 62)];
      }
      // A value that went stale is stored elsewhere.
      if (pair.via === 'data' && !sameState(pair) && act.value?.reads.includes(read) === true && !isOfOneCall(context, act.place))
        return [pairCandidate(context, pair, 'stale-after-await', 25)];
      return [];
    }),
  ],
};

/** Whoever changes what was checked closes what is used: `this.closed = true; this.socket.end()`. */
function isClosedWith(context: RuleContext, pair: Pair): boolean {
  const { read, act } = pair;
  if (read.place.root.kind === 'file' || read.place.root.kind === 'table' || !mayInterfere(context, pair)) return false;
  const closers = context.facts.endings.filter((e) => samePlace(e.place, act.place)).map(({ fn }) => fn);
  return (context.changes.get(read.place.key) ?? []).some(({ fn, act: a }) => closers.includes(fn) && relies(read, a));
}
