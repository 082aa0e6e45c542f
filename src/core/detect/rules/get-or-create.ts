/** Not in the cache, so it is made and put there: twice, when two look before either has put. */
import { type Rule, isMade, mayInterfere, pairCandidate, sameKey, sameState } from './rule.ts';

export const getOrCreate: Rule = {
  id: 'get-or-create',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      if (pair.act.kind !== 'set' || pair.via !== 'control' || pair.shape !== 'membership' || !sameState(pair)) return [];
      if (!sameKey(pair.read, pair.act) || !mayInterfere(context, pair)) return [];
      return [pairCandidate(context, pair, 'get-or-create', isMade(pair.act) ? 80 : 59)];
    }),
};
