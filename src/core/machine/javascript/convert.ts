/** Conversions of the specification (ToPrimitive, ToString, ToNumber …). Those of objects may run the program's code. */
import { PUSHED, STOP, UnknownOperand, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { HeapObject, Opaque, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { chain, isObject, newObject, throwError } from './objects.ts';
import { getProperty } from './properties.ts';
import { state } from './state.ts';
import { HOLE, JsArray, JsFunction, JsObject, JsSymbol, type Key } from './values.ts';

export function typeOf(v: Value): string {
  switch (typeof v) {
    case 'undefined':
      return 'undefined';
    case 'boolean':
      return 'boolean';
    case 'number':
      return 'number';
    case 'bigint':
      return 'bigint';
    case 'string':
      return 'string';
    default:
      if (v instanceof JsSymbol) return 'symbol';
      return v instanceof JsFunction ? 'function' : 'object';
  }
}

/** Truth of a value that is not opaque. */
export function isTruthy(v: Value): boolean {
  switch (typeof v) {
    case 'object':
      return v !== null;
    case 'number':
      return v !== 0 && !Number.isNaN(v);
    case 'string':
      return v !== '';
    case 'bigint':
      return v !== 0n;
    default:
      return v === true;
  }
}

export type Hint = 'default' | 'number' | 'string';

/** A primitive, or PUSHED. Opaque values stay opaque. */
export function toPrimitive(m: Machine, v: Value, hint: Hint): Value {
  if (!(v instanceof JsObject)) return v;
  return chain(m, getProperty(m, v, state(m).symbols.toPrimitive, v), (n, exotic) => {
    if (exotic !== undefined && exotic !== null) {
      return chain(n, callFunction(n, exotic, v, [hint]), (n2, r) => {
        if (isObject(r)) throwError(n2, 'TypeError', 'Cannot convert object to primitive value');
        return r;
      });
    }
    const names = hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString'];
    return ordinary(n, v, names, 0);
  });
}

function ordinary(m: Machine, o: JsObject, names: readonly string[], i: number): Value {
  const name = names[i];
  if (name === undefined) throwError(m, 'TypeError', 'Cannot convert object to primitive value');
  return chain(m, getProperty(m, o, name, o), (n, f) => {
    if (!(f instanceof JsFunction)) return ordinary(n, o, names, i + 1);
    return chain(n, callFunction(n, f, o, []), (n2, r) => (isObject(r) ? ordinary(n2, o, names, i + 1) : r));
  });
}

/** ToString of a primitive. */
export function stringOf(m: Machine, v: Value): string {
  switch (typeof v) {
    case 'string':
      return v;
    case 'undefined':
    case 'boolean':
    case 'number':
    case 'bigint':
      return String(v);
    default:
      if (v === null) return 'null';
      if (v instanceof JsSymbol) throwError(m, 'TypeError', 'Cannot convert a Symbol value to a string');
      if (v instanceof Opaque) return v.same ?? v.name;
      throw new Unsupported(`a ${(v as { type: string }).type} as text`);
  }
}

export function numberOf(m: Machine, v: Value): number {
  switch (typeof v) {
    case 'number':
      return v;
    case 'undefined':
      return NaN;
    case 'boolean':
      return v ? 1 : 0;
    case 'string':
      return Number(v);
    case 'bigint':
      throwError(m, 'TypeError', 'Cannot convert a BigInt value to a number');
    // falls through
    default:
      if (v === null) return 0;
      if (v instanceof JsSymbol) throwError(m, 'TypeError', 'Cannot convert a Symbol value to a number');
      // An array is its text; what the program's own code would have to say, a built-in cannot wait for.
      if (v instanceof JsArray && v.items.every((x) => x === HOLE || !(x instanceof HeapObject)))
        return Number(v.items.map((x) => (x === HOLE || x === undefined || x === null ? '' : String(x as string))).join());
      if (v instanceof JsObject && typeof v.slot === 'number') return v.slot;
      if (v instanceof JsObject) throw new Unsupported('an object where a built-in wants a number');
      throw new UnknownOperand('an unknown value as a number');
  }
}

/** ToString of anything: a string or PUSHED. */
export function toText(m: Machine, v: Value): Value {
  if (typeof v === 'string') return v;
  if (!(v instanceof JsObject)) return stringOf(m, v);
  return chain(m, toPrimitive(m, v, 'string'), (n, p) => stringOf(n, p));
}

export function toNumber(m: Machine, v: Value): Value {
  if (typeof v === 'number') return v;
  if (!(v instanceof JsObject)) return numberOf(m, v);
  return chain(m, toPrimitive(m, v, 'number'), (n, p) => numberOf(n, p));
}

/** ToNumeric: number or bigint, or PUSHED. */
export function toNumeric(m: Machine, v: Value): Value {
  if (typeof v === 'number' || typeof v === 'bigint' || v instanceof Opaque) return v;
  if (!(v instanceof JsObject)) return numberOf(m, v);
  return chain(m, toPrimitive(m, v, 'number'), (n, p) => (typeof p === 'bigint' || p instanceof Opaque ? p : numberOf(n, p)));
}

/** ToPropertyKey: a Key or PUSHED. */
export function toKey(m: Machine, v: Value): Value {
  if (typeof v === 'string' || v instanceof JsSymbol) return v;
  if (!(v instanceof JsObject)) return stringOf(m, v);
  return chain(m, toPrimitive(m, v, 'string'), (n, p) => (p instanceof JsSymbol ? p : stringOf(n, p)));
}

export function asKey(v: Value): Key {
  return v as Key;
}

export function toObject(m: Machine, v: Value): JsObject {
  if (v instanceof JsObject) return v;
  const i = state(m).intrinsics;
  if (v === undefined || v === null) throwError(m, 'TypeError', 'Cannot convert undefined or null to object');
  const proto =
    typeof v === 'string'
      ? i.String
      : typeof v === 'number'
        ? i.Number
        : typeof v === 'boolean'
          ? i.Boolean
          : typeof v === 'bigint'
            ? i.BigInt
            : i.Symbol;
  if (v instanceof Opaque) throw new UnknownOperand('an unknown value as an object');
  const o = newObject(m, proto);
  o.className =
    typeof v === 'string'
      ? 'String'
      : typeof v === 'number'
        ? 'Number'
        : typeof v === 'boolean'
          ? 'Boolean'
          : typeof v === 'bigint'
            ? 'BigInt'
            : 'Symbol';
  o.slot = v;
  return o;
}

/** ToIntegerOrInfinity of a primitive. */
export function integerOf(m: Machine, v: Value, missing = 0): number {
  if (v === undefined) return missing;
  const n = numberOf(m, v);
  return Number.isNaN(n) ? 0 : Math.trunc(n);
}

export function isSignal(v: Value): boolean {
  return v === PUSHED || v === STOP;
}
