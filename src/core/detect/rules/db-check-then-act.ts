/** Rows are asked for, then created or changed, with nothing in the data base that keeps others out. */
import { type Rule, pairCandidate, sameState } from './rule.ts';

export const dbCheckThenAct: Rule = {
  id: 'db-check-then-act',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      const { read, act } = pair;
      if (read.place.root.kind !== 'table' || act.place.root.kind !== 'table' || act.kind !== 'mutate' || !sameState(pair)) return [];
      if (pair.via === 'data') return [];
      return pair.section.length > 0 ? [] : [pairCandidate(context, pair, 'db-check-then-act', 75)];
    }),
};
