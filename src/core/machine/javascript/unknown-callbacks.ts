/**
 * Callbacks handed to functions nobody can see into, where nobody waits for the call: `db.query(sql, (error, rows) => …)`.
 * One that takes an error first, or that settles a promise of the program, gets an answer: it is taken to be called
 * once, without an error, in a turn and a lane of its own.
 */
import { lastName } from '../../program/guard-names.ts';
import { registersListener } from '../../program/listener-names.ts';
import type { Machine } from '../machine.ts';
import type { Opaque, Value } from '../values.ts';
import { callbackLane } from './builtins/timers.ts';
import { runCallback, schedule } from './loop.ts';
import { callOpaque, newOpaque } from './opaque.ts';
import { capturesSettling } from './promises.ts';
import { callsOf, mayCallOnceMore, parametersOf } from './unknown-events.ts';
import { isAwaited } from './unknown-guards.ts';
import { JsFunction } from './values.ts';

/** Callbacks made of one function of the source that are called: those of both callers, not those of endless polling. */
const mostCalls = 4;
/** Handed a function for every error or request to come, not for one answer. */
const keeps = /^(use|catch|onerror|register\w*|add\w*|set\w*Handler|handle\w*)$/i;
const errorName = /^_?(e|er|err|error|ex|exception)$/;

/** The result of a call that is handed such a callback; undefined for any other call. */
export function answeredCall(m: Machine, f: Opaque, args: readonly Value[]): Value {
  const callback = args.find(getsAnswer);
  if (callback === undefined || isAwaited(m)) return undefined;
  const name = lastName(f.name);
  if (registersListener(name) || keeps.test(name)) return undefined;
  const made = callOpaque(m, f, args, false);
  const calls = callsOf(m, 'callback', callback);
  const often = `a callback that is handed on again and again was called ${String(mostCalls)} times`;
  if (!mayCallOnceMore(m, 'callback', callback, mostCalls, 'callbacks', often)) return made;
  m.assume(`\`${f.name}\` is not known; it was taken to call back once, without an error`);
  const isNode = isErrorFirst(callback);
  const answer = (i: number): Value =>
    newOpaque(m, `${name} answer${i > 1 ? `.${String(i)}` : ''}${calls === 0 ? '' : ` #${String(calls + 1)}`}`);
  const count = callback.promise !== null ? 1 : parametersOf(callback);
  const given = Array.from({ length: count }, (_, i) => (isNode && i === 0 ? null : answer(i)));
  const lane = callbackLane(m, callback, name);
  schedule(m, { kind: 'io', lane, delay: 0, holds: [callback, ...given], callback: () => runCallback(m, lane, callback, given) });
  return made;
}

function getsAnswer(v: Value): v is JsFunction {
  if (!(v instanceof JsFunction) || v.isClass) return false;
  if (v.promise !== null) return true;
  return v.closure?.code.internal === false && (isErrorFirst(v) || capturesSettling(v));
}

/** `(error, rows) => …` */
function isErrorFirst(f: JsFunction): boolean {
  const params = f.closure?.code.fn.params ?? [];
  return errorName.test(params[0]?.name ?? '') && params.length <= 3;
}
