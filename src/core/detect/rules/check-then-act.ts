/** A condition on shared state, or a value looked up there, that what follows relies on after a gap. */
import { isListed } from './check-then-remove.ts';
import { mayConflict, samePlace } from '../shared.ts';
import { isTakenOut, type Pair } from '../walk/state.ts';
import { clears, isMerged, isOfOneCall, isPutBack, type Rule, type RuleContext, mayInterfere, pairCandidate, sameState } from './rule.ts';

export const checkThenAct: Rule = {
  id: 'check-then-act',
  detect: (context) => [
    ...context.facts.uses.flatMap((pair) =>
      isTakenWith(context, pair) ? [{ ...pairCandidate(context, pair, 'check-then-act', 34), uses: true as const }] : [],
    ),
    ...context.facts.pairs.flatMap((pair) => {
      const { kind } = pair.act;
      const root = pair.read.place.root.kind;
      if (root === 'file' || root === 'table' || pair.act.place.root.kind === 'file' || pair.act.place.root.kind === 'table') return [];
      if (kind === 'atomic' || pair.read.isSet === true || (kind === 'remove' && isListed(pair)) || !mayInterfere(context, pair)) return [];
      if (isTakenOut(context.info, pair.read) && kind !== 'remove') return [];
      const same = sameState(pair);
      if (pair.via === 'data' && (!same || isMerged(context, pair) || isPutBack(context, pair))) return [];
      // A use after a suspension is `stale-after-await`.
      if (kind === 'use') return pair.mode === 'threads' && same ? [pairCandidate(context, pair, 'check-then-act', 35)] : [];
      // Who lets down the flag it has raised does so whatever came of the rest.
      if (!same && (pair.act.lowers || isOfOneCall(context, pair.act.place))) return [];
      if (!same) return [pairCandidate(context, pair, 'check-then-act', 30)];
      // Being there is not undone by an update: unless something is taken out, the update is the question.
      const isPresence =
        pair.shape === 'membership' &&
        kind === 'update' &&
        !(context.changes.get(pair.read.place.key) ?? []).some((c) => c.act.kind === 'remove');
      return [pairCandidate(context, pair, 'check-then-act', pair.via === 'control' && !isPresence ? 60 : 40)];
    }),
  ],
};

/** Whoever changes what was checked takes away what is used: `self.closed = True; self.socket = None`. */
function isTakenWith(context: RuleContext, pair: Pair): boolean {
  const { read, act, mode } = pair;
  if (mode !== 'threads' || read.place.root.kind !== 'attribute' || !mayInterfere(context, pair)) return false;
  const takers = (context.changes.get(act.place.key) ?? [])
    .filter((c) => samePlace(c.act.place, act.place) && clears(context.info, c.act) && c.fn !== pair.fn)
    .map((c) => c.fn);
  return (context.changes.get(read.place.key) ?? []).some((c) => takers.includes(c.fn) && mayConflict(c.act.place, read.place));
}
