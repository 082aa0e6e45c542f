/** The state of a file is looked at, then relied on. */
import { type Rule, pairCandidate, sameState } from './rule.ts';

export const fileToctou: Rule = {
  id: 'file-toctou',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      const { read, act } = pair;
      if (read.place.root.kind !== 'file' || act.place.root.kind !== 'file' || !/^(mutate|use)$/.test(act.kind) || !sameState(pair))
        return [];
      // What the file held, written back changed: a lost update.
      if (read.shape === 'value' && pair.via === 'data') return [];
      return pair.section.length > 0 ? [] : [pairCandidate(context, pair, 'file-toctou', 75)];
    }),
};
