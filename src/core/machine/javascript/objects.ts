/** Making objects of the language: every one is numbered by the machine. */
import type { Machine } from '../machine.ts';
import { PUSHED, Raise, STOP, Unsupported } from '../language.ts';
import type { Value } from '../values.ts';
import { state } from './state.ts';
import {
  Flag,
  LAZY_STACK,
  JsArray,
  JsFunction,
  JsMap,
  JsObject,
  JsPromise,
  NO_PROPERTIES,
  Property,
  type Key,
  type NativeFunction,
} from './values.ts';

export function newObject(m: Machine, proto: JsObject | null = state(m).intrinsics.Object): JsObject {
  return m.adopt(new JsObject(proto));
}

export function newArray(m: Machine, items: Value[]): JsArray {
  return m.adopt(new JsArray(state(m).intrinsics.Array, items));
}

export function newPromise(m: Machine): JsPromise {
  return m.adopt(new JsPromise(state(m).intrinsics.Promise));
}

export function newMap(m: Machine, kind: 'Map' | 'Set'): JsMap {
  return m.adopt(new JsMap(state(m).intrinsics[kind], kind));
}

/** A built-in function. */
export function newNative(m: Machine, name: string, length: number, native: NativeFunction, isConstructor = false): JsFunction {
  const f = m.adopt(new JsFunction(state(m).intrinsics.Function));
  f.native = native;
  f.name = name;
  f.length = length;
  f.isConstructor = isConstructor;
  return f;
}

/** Own data property of a new object, without looking at setters. For objects nobody has seen yet. */
export function put(o: JsObject, key: Key, value: Value, flags: number = Flag.All): void {
  if (o.properties === NO_PROPERTIES) o.properties = new Map();
  o.properties.set(key, new Property(value, flags));
}

export function isObject(v: Value): v is JsObject {
  return v instanceof JsObject;
}

export function throwError(m: Machine, type: string, message: string): never {
  throw new Raise(makeError(m, type, message));
}

export function makeError(m: Machine, type: string, message: string | undefined, code?: string): JsObject {
  const s = state(m);
  const e = m.adopt(new JsObject(s.errors.get(type) ?? s.intrinsics.Error));
  e.className = 'Error';
  put(e, 'stack', LAZY_STACK, Flag.Hidden);
  if (message !== undefined) put(e, 'message', message, Flag.Hidden);
  if (code !== undefined) put(e, 'code', code, Flag.All);
  return e;
}

/**
 * Goes on with the result of an operation that may have pushed a frame. `k` must be a function of its
 * argument and of immutable things only: it may run again after an undo.
 */
export function chain(m: Machine, r: Value, k: (m: Machine, v: Value) => Value): Value {
  if (r === STOP) return STOP;
  if (r !== PUSHED) return k(m, r);
  const top = m.fiber?.top;
  if (!top) throw new Error('nothing was pushed');
  const before = top.after;
  const data = top.afterData;
  top.after = before ? (n, v) => whole(chain(n, before(n, v, data), k)) : (n, v) => whole(k(n, v));
  top.afterData = null;
  return PUSHED;
}

function whole(v: Value): Value {
  if (v === STOP) throw new Unsupported('a choice on an unknown value inside a built-in');
  return v;
}

/** Runs `f` for 0 … count - 1, each after the frames the one before pushed. */
export function forCount(m: Machine, count: number, f: (m: Machine, i: number) => Value, done: (m: Machine) => Value, from = 0): Value {
  for (let i = from; i < count; i++) {
    const r = f(m, i);
    if (r === STOP) return STOP;
    if (r === PUSHED) return chain(m, r, (n) => forCount(n, count, f, done, i + 1));
  }
  return done(m);
}
