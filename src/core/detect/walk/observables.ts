/** Subscribing: what the observer does comes after what was subscribed to has answered. */
import type { Expr } from '../../program/program.ts';
import { isLasting, requestIn, sourceOf, usesObservables } from '../observables.ts';
import { inlineCallback } from './calls.ts';
import { suspend } from './events.ts';
import { evalExpr } from './expressions.ts';
import { type Value, type Walk, copyFlow, nothing, tick } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

/** `source.subscribe((found) => …)` of a chain that asks for something; null for any other call. */
export function subscribeCall(w: Walk, e: Call): Value | null {
  if (e.callee.kind !== 'attr' || e.callee.name !== 'subscribe' || !usesObservables(w.info)) return null;
  const chain = e.callee.object;
  const asked = requestIn(chain);
  // Of what lasts the observer is a function by itself, as a listener is.
  if (asked === null && isLasting(w.info, sourceOf(chain))) return null;
  evalExpr(w, chain);
  const request = asked?.request.span ?? chain.span;
  const start = copyFlow(w.flow);
  const known = w.facts.awaited.length;
  for (const fn of observersOf(e)) {
    w.flow = copyFlow(start);
    suspend(w, request);
    inlineCallback(w, fn.fn, fn.span, 'now', { ...nothing, made: true, awaited: { span: request, time: tick() } });
  }
  w.flow = start;
  // It is for each value of the source that something is asked.
  if (asked !== null) for (const fact of w.facts.awaited.slice(known)) fact.fn = asked.project;
  return { ...nothing, made: true };
}

/** `subscribe(next, error)`, `subscribe({ next, error })`. */
function observersOf(e: Call): Extract<Expr, { kind: 'function' }>[] {
  const given = e.args.flatMap(({ value }) =>
    value.kind === 'object' ? value.properties.flatMap((p) => (p.kind === 'value' ? [p.value] : [])) : [value],
  );
  return given.filter((value) => value.kind === 'function');
}
