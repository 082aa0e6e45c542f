/** Checked under a lock, acted on under another acquisition of it, or under another lock. */
import { type Rule, mayInterfere, pairCandidate, sameState } from './rule.ts';

export const splitCriticalSection: Rule = {
  id: 'split-critical-section',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      if (!pair.split || pair.act.kind === 'use' || pair.act.kind === 'atomic' || !sameState(pair)) return [];
      if (pair.read.held.some((h) => h.lock.startsWith('db:'))) return [];
      return mayInterfere(context, pair) ? [pairCandidate(context, pair, 'split-critical-section', 90)] : [];
    }),
};
