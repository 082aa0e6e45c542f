/** Not there yet, so it is made: by everybody who looked before the first was done. */
import { samePlace } from '../shared.ts';
import { type Rule, isMade, mayInterfere, pairCandidate } from './rule.ts';

export const doubleInit: Rule = {
  id: 'double-init',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      if (pair.act.kind !== 'assign' || pair.via !== 'control' || pair.shape !== 'absence') return [];
      if (!samePlace(pair.read.place, pair.act.place) || !mayInterfere(context, pair)) return [];
      // A flag or a new object; a value handed in is a claim, which is `check-then-act`.
      const text = context.info.text(pair.act.span);
      const isFlag = /=\s*(true|True|1|!0|Date\.now\(\)|time\.time\(\))\s*;?$/.test(text);
      return [pairCandidate(context, pair, 'double-init', isMade(pair.act) || isFlag ? 78 : 58)];
    }),
};
