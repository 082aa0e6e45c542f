/** The answer to an older request is stored over the answer to a newer one. */
import type { FunctionDef, Span } from '../../program/program.ts';
import { innermostFunction } from '../../program/functions.ts';
import { type Place, placeName } from '../shared.ts';
import { relies } from '../walk/events.ts';
import { type Rule, type RuleContext, candidate, isOfOneCall } from './rule.ts';

export const staleResponse: Rule = {
  id: 'stale-response',
  detect: (context) =>
    context.facts.awaited.flatMap(({ fn, place, request, reset, act, rechecked }) => {
      if (rechecked || !(act.kind === 'assign' || act.kind === 'update') || act.held.length > 0) return [];
      // Computed from what was there before: that is `lost-update`, unless it was emptied for this answer.
      const isWhole = act.kind === 'assign' && /[^=]=\s*[\w$]+\s*;?\s*$/.test(context.info.text(act.span));
      const isAdded = act.kind === 'update' || (!isWhole && act.value?.reads.some((r) => relies(r, act)) === true);
      if (isAdded && reset === null) return [];
      const kind = place.root.kind;
      if (kind === 'file' || kind === 'table' || fn.kind === 'module' || isOfOneCall(context, place) || isOwn(context, place, act.span))
        return [];
      // Only what is asked for with something that differs from call to call can be out of order.
      if (
        fn.params.filter(
          (p) => !(p.target.kind === 'name' && p.target.ref.kind === 'variable' && context.info.selves.has(p.target.ref.variable)),
        ).length === 0 &&
        !differs(context, fn, request)
      )
        return [];
      return [candidate(context, 'stale-response', fn, isAdded && reset !== null ? reset : request, act.span, request, place, 48)];
    }),
};

/** A variable of the function that stores it there: each call has its own, whoever inside uses it. */
function isOwn({ info }: RuleContext, { root, path }: Place, act: Span): boolean {
  return path.length === 0 && root.kind === 'variable' && info.declaredIn.get(root.variable) === innermostFunction(info.module, act);
}

/** May what a function without parameters asks for be another thing the next time? */
function differs(context: RuleContext, fn: FunctionDef, request: Span): boolean {
  const text = context.info.text(request);
  if (/\(\s*\)\s*$/.test(text)) return context.facts.reads.some((r) => isWithin(r.read.span, request) && !r.read.viaCall);
  // An argument from around: the user whose profile an effect loads. Around a method there is only its object.
  if (fn.owner === null || fn.parent?.kind !== 'module' || fn.kind === 'arrow') return true;
  const names = new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? []);
  return [...context.changes.values()].flat().some(({ act }) => names.has(placeName(act.place)));
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
