/** Read, compute, write: the value written derives from a read that others may have overtaken. */
import type { Pair } from '../walk/state.ts';
import { isAskedWith, isMerged, isPutBack, type Rule, mayInterfere, pairCandidate, sameState } from './rule.ts';

export const lostUpdate: Rule = {
  id: 'lost-update',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      const { kind } = pair.act;
      const stored = pair.act.place.root.kind;
      if (pair.via === 'data' && (stored === 'table' || stored === 'file') && pair.read.place.root.kind === stored)
        return kind === 'mutate' && sameState(pair) && pair.section.length === 0 ? [pairCandidate(context, pair, 'lost-update', 74)] : [];
      // `this.items.push(...(await fetchPage(this.items.length)))`
      const adds =
        kind === 'add' && pair.mode === 'loop' && pair.gap !== null && isAskedWith(pair.read, pair.gap.span) && !isPutBack(context, pair);
      if (pair.via !== 'data' || !(kind === 'assign' || kind === 'set' || kind === 'update' || adds) || !sameState(pair)) return [];
      const root = pair.read.place.root.kind;
      if (root === 'file' || root === 'table') return [];
      // The key or the object was looked up there, but the value does not come from the state.
      if (pair.act.value?.reads.includes(pair.read) !== true || !sameLevel(pair) || isMerged(context, pair) || !mayInterfere(context, pair))
        return [];
      // A value read before is staler than one read in the statement itself.
      const inStatement = pair.check.start >= pair.act.span.start && pair.check.end <= pair.act.span.end;
      return [pairCandidate(context, pair, 'lost-update', inStatement && pair.gap === null ? 50 : 72)];
    }),
};

/** The read is of what is written, not of the object around it. */
function sameLevel(pair: Pair): boolean {
  const last = pair.act.place.path[pair.act.place.path.length - 1];
  return pair.read.place.path.length >= pair.act.place.path.length || last?.kind === 'item';
}
