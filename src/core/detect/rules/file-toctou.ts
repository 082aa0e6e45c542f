/** The state of a file is looked at, then relied on. */
import type { Candidate } from '../candidate.ts';
import { candidate, type Rule, pairCandidate, sameState } from './rule.ts';

export const fileToctou: Rule = {
  id: 'file-toctou',
  detect: (context) => [
    // What was written there before a gap is moved away after it: `writeFile(draft)` … `rename(draft, path)`.
    ...context.facts.own.flatMap(({ fn, set, act, gap }): Candidate[] =>
      set.own === 'put' && fn.kind !== 'module' && !act.held.some((h) => set.held.some((x) => x.lock === h.lock))
        ? [{ ...candidate(context, 'file-toctou', fn, set.span, act.span, gap?.span ?? null, set.place, 45), own: set.own }]
        : [],
    ),
    ...context.facts.pairs.flatMap((pair) => {
      const { read, act } = pair;
      if (read.place.root.kind !== 'file' || act.place.root.kind !== 'file' || !/^(mutate|use)$/.test(act.kind) || !sameState(pair))
        return [];
      // What the file held, written back changed: a lost update.
      if (read.shape === 'value' && pair.via === 'data') return [];
      return pair.section.length > 0 ? [] : [pairCandidate(context, pair, 'file-toctou', 75)];
    }),
  ],
};
