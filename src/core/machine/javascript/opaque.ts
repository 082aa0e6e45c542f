/**
 * Unknown values: what an imported function nobody can see into gives. Their parts and the answers
 * to questions about them are remembered, so that the same question gets the same answer.
 */
import { isHandedIn, readsRequest } from '../request-parts.ts';
import { asksForEnd } from '../../program/lifecycle-names.ts';
import { isAssertion, neverReturnsInScripts } from '../../program/never-returns.ts';
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { answersUp, bring, bringing, isByItself } from '../lifecycles.ts';
import { afterEnd } from '../endings.ts';
import { predicate } from '../predicates.ts';
import { isThere } from '../presence.ts';
import { Opaque, type Value } from '../values.ts';
import { throwError } from './objects.ts';
import { isSetterName } from '../../program/setter-names.ts';
import { state } from './state.ts';
import { JsFunction, JsObject, JsPromise } from './values.ts';

export function newOpaque(m: Machine, name: string): Opaque {
  const o = m.adopt(new Opaque(name));
  o.label = name;
  return o;
}

/** Something imported, global or handed in: unknown, but there. */
export function present(m: Machine, name: string): Opaque {
  const o = newOpaque(m, name);
  o.definite = true;
  return o;
}

/** What a call of the unknown throws when it fails. */
export function failureOf(m: Machine, o: Opaque): Opaque {
  return present(m, `error of ${o.name}`);
}

/** `o.name`: opaque again, the same one every time. */
export function opaquePart(m: Machine, o: Opaque, name: string): Value {
  if (name === 'then' && !o.parts.has(name)) return undefined;
  let part = o.parts.get(name);
  if (part === undefined && !o.parts.has(name)) {
    part = newOpaque(m, `${o.name}.${name}`);
    (part as Opaque).definite = o.definite && o.model === null && !asksForEnd(name);
    if (o.same !== null) (part as Opaque).same = `${o.same}.${name}`;
    (part as Opaque).from = { kind: 'part', of: o, name };
    if (o.shared) m.share(part);
    m.trail.mapSet(o.parts, name, part);
  }
  m.read(o, name, part);
  return part;
}

const makesText = /^(?:toString|toLowerCase|toUpperCase|trim)$/;

/** As it is told who is handed it. How far a promise is nobody can see. */
function shown(m: Machine, v: Value): string {
  return v instanceof JsPromise ? 'Promise' : m.ops.show(v);
}

/** Calling the unknown: the outside world can see it; what comes back is unknown too. */
export function callOpaque(m: Machine, o: Opaque, args: readonly Value[], isNew: boolean): Value {
  const text = `${isNew ? 'new ' : ''}${o.name}(${args.map((a) => shown(m, a)).join(', ')})`;
  for (const a of args) m.share(a);
  const up = isNew ? undefined : answersUp(m, o);
  if (up !== undefined) return up;
  if (!isNew && neverReturnsInScripts.test(o.name)) throwError(m, 'Error', text);
  // An assertion that nobody can see into throws what its name says, and of nothing always.
  if (!isNew && isAssertion(o.name)) {
    if (isFalse(args[0])) throwError(m, 'Error', text);
    m.asks(text);
    return undefined;
  }
  const { from } = o;
  // A text made of it, the same every time: nobody sees it asked for.
  if (!isNew && from?.kind === 'part' && from.of instanceof Opaque && makesText.test(from.name) && args.every((a) => typeof a !== 'object'))
    return opaquePart(m, from.of, `${from.name}(${args.map((a) => shown(m, a)).join(', ')})`);
  const asked = isNew ? undefined : predicate(m, o.name, text, () => callResult(m, o, args, text, false));
  if (asked !== undefined) return asked;
  const change = isNew ? null : bringing(m, o);
  if (change === 'stop') return STOP;
  const told = isNew || args.length !== 1 ? null : toldToHold(o);
  if (told?.of.shared === true && m.mustStop()) return STOP;
  const ended = isNew ? '' : afterEnd(m, o);
  if (ended === null) return STOP;
  m.externalCall(`${text}${ended}`, state(m).rendering);
  if (told !== null) m.write(told.of, `${told.name}()`, args[0], undefined);
  const result = callResult(m, o, args, text, isNew);
  // What nobody waits for takes effect at once.
  if (change !== null && !isByItself(m)) m.trail.set(result, 'effect', change);
  else if (change !== null) bring(m, change);
  return result;
}

/** The unknown object that a call of its method gives something to hold: `chart.setData(rows)`. */
function toldToHold({ from }: Opaque): { of: Opaque; name: string } | null {
  return from?.kind === 'part' && from.of instanceof Opaque && isSetterName(from.name) ? { of: from.of, name: from.name } : null;
}

function isFalse(v: Value): boolean {
  return v === false || v === null || v === undefined || v === 0 || v === '';
}

function callResult(m: Machine, o: Opaque, args: readonly Value[], text: string, isNew: boolean): Opaque {
  const s = state(m);
  // A hook gives the same at every render.
  const isHook = /(^|\.)use[A-Z]\w*$/.test(o.name);
  const known = isHook ? s.hooks.get(text) : undefined;
  if (known instanceof Opaque) return known;
  const n = (s.callNumbers.get(text) ?? 0) + 1;
  m.trail.mapSet(s.callNumbers, text, n);
  const result = newOpaque(m, n === 1 ? text : `${text} #${n}`);
  result.definite = isNew;
  if (isHook) m.trail.mapSet(s.hooks, text, result);
  result.from = { kind: 'call', callee: o, args, keywords: null };
  // Whatever the how-manieth it is.
  if (o.same !== null) result.same = text.replace(o.name, () => o.same ?? '');
  else if (!isNew && readsRequest(o, args)) result.same = text;
  // `new URL(request.url)`: what is in it is in its text.
  else if (isNew && /^URL(?:SearchParams)?$/.test(o.name) && args.every(isHandedIn)) result.same = text;
  result.signal = signalIn(args) ?? (o.from?.kind === 'part' && o.from.of instanceof Opaque ? o.from.of.signal : null);
  return result;
}

/** What a built-in computes of values that are not known. */
export function computed(m: Machine, name: string, of: Value, args: readonly Value[], isNew: boolean): Opaque {
  const text = (show: (v: Value) => string): string => {
    const receiver = of === undefined || of instanceof JsFunction ? '' : `${show(of)}.`;
    return `${isNew ? 'new ' : ''}${receiver}${name}(${args.map(show).join(', ')})`;
  };
  const result = newOpaque(
    m,
    text((v) => m.ops.show(v)),
  );
  result.definite = isNew;
  const isSame = [of, ...args].every((v) => (v instanceof Opaque ? v.same !== null : !(v instanceof JsObject)));
  if (isSame) result.same = text((v) => (v instanceof Opaque ? (v.same ?? '') : m.ops.show(v)));
  return result;
}

/** The AbortSignal among arguments: itself, or the `signal` of an options object. */
function signalIn(args: readonly Value[]): JsObject | null {
  const isSignal = (v: Value): v is JsObject => v instanceof JsObject && v.properties.has('aborted') && v.properties.has('reason');
  for (const a of args) {
    if (isSignal(a)) return a;
    const own = a instanceof JsObject ? a.properties.get('signal')?.value : undefined;
    if (isSignal(own)) return own;
  }
  return null;
}

/** Truth of an opaque value: explored both ways, the same for the rest of the execution. */
export function opaqueTruth(m: Machine, o: Opaque): Value {
  if (o.definite) return isThere(m, o);
  if (o.numeric) {
    const n = m.resolveNumber(o, '>', 0);
    return n === undefined ? STOP : n !== 0;
  }
  return ask(m, o.name);
}

/** A yes-or-no question about unknown values, or STOP. */
export function ask(m: Machine, question: string): Value {
  const answer = m.chooseOnce(question, question, ['true', 'false']);
  return answer < 0 ? STOP : answer === 0;
}
