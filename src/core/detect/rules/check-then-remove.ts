/** Is it there, is there anything: then taken out, as if it still were. */
import type { Pair } from '../walk/state.ts';
import { type Rule, mayInterfere, pairCandidate, sameState } from './rule.ts';

export const checkThenRemove: Rule = {
  id: 'check-then-remove',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      if (pair.act.kind !== 'remove' || pair.via !== 'control' || !sameState(pair)) return [];
      if (pair.shape !== 'membership' && pair.shape !== 'emptiness' && pair.read.shape !== 'size') return [];
      if (!mayInterfere(context, pair)) return [];
      // Keys of a copy that is gone through: what is asked of each of them says more.
      const made = pairCandidate(context, pair, 'check-then-remove', pair.read.isSet === true ? 60 : isListed(pair) ? 58 : 80);
      return [pair.read.isSet === true ? { ...made, sets: true as const } : made];
    }),
};

/** `for key in list(table): del table[key]` */
export function isListed({ shape, read }: Pair): boolean {
  return shape === 'membership' && read.shape === 'value';
}
