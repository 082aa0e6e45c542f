/** Is it there, is there anything: then taken out, as if it still were. */
import { type Rule, mayInterfere, pairCandidate, sameState } from './rule.ts';

export const checkThenRemove: Rule = {
  id: 'check-then-remove',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      if (pair.act.kind !== 'remove' || pair.via !== 'control' || !sameState(pair)) return [];
      if (pair.shape !== 'membership' && pair.shape !== 'emptiness' && pair.read.shape !== 'size') return [];
      return mayInterfere(context, pair) ? [pairCandidate(context, pair, 'check-then-remove', 80)] : [];
    }),
};
