/** The answer to an older request is stored over the answer to a newer one. */
import { relies } from '../walk/events.ts';
import { type Rule, candidate } from './rule.ts';

export const staleResponse: Rule = {
  id: 'stale-response',
  detect: (context) =>
    context.facts.awaited.flatMap(({ fn, place, request, reset, act, rechecked }) => {
      if (rechecked || !(act.kind === 'assign' || act.kind === 'update') || act.held.length > 0) return [];
      // Computed from what was there before: that is `lost-update`, unless it was emptied for this answer.
      const isAdded = act.kind === 'update' || act.value?.reads.some((r) => relies(r, act)) === true;
      if (isAdded && reset === null) return [];
      const kind = place.root.kind;
      if (kind === 'file' || kind === 'table' || fn.kind === 'module') return [];
      // Only what is asked for with something that differs from call to call can be out of order.
      if (
        fn.params.filter(
          (p) => !(p.target.kind === 'name' && p.target.ref.kind === 'variable' && context.info.selves.has(p.target.ref.variable)),
        ).length === 0 &&
        !readsState(context, request)
      )
        return [];
      return [candidate(context, 'stale-response', fn, isAdded && reset !== null ? reset : request, act.span, request, place, 48)];
    }),
};

function readsState(context: Parameters<Rule['detect']>[0], request: { start: number; end: number }): boolean {
  // An argument from around: the user whose profile an effect loads.
  if (!/\(\s*\)\s*$/.test(context.info.text(request))) return true;
  return context.facts.reads.some((r) => r.read.span.start >= request.start && r.read.span.end <= request.end && !r.read.viaCall);
}
