/**
 * Equality and order. The native functions give undefined when the program's own `__eq__` or `__lt__`
 * has a say somewhere inside; then the prelude compares, in Python.
 */
import type { CompareOperator } from '../../program/program.ts';
import { Native, PUSHED, STOP } from '../language.ts';
import { lastName } from '../../program/guard-names.ts';
import { type Machine, areApart, isFresh } from '../machine.ts';
import { isNamedThere } from '../presence.ts';
import { HeapObject, LENGTH, Opaque, PyBytes, PyFloat, PyRange, PySlice, PyTuple, STRUCTURE, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { contentOf, stopsBefore } from './bytes-like.ts';
import { DictView, PyByteArray, PyClass, PyDeque, PyDict, PyList, PyMemoryView, PyObject, PySet, PyIterator } from './objects.ts';
import { typeError } from './errors.ts';
import { canon, find, knownKey, lookUp, readAll, USER_KEY } from './keys.ts';
import { compareNumbers, isNumber } from './numbers.ts';
import { callPrelude } from './runtime.ts';
import { entriesOf, reprOf } from './text.ts';
import { lookup, orderedDictClass, typeName, userMethod } from './types.ts';
import { truth } from './truth.ts';
import { opaque, opaqueTruth } from './opaque.ts';
import { readList } from './lists.ts';

/** Is a user-defined comparison method in the way? */
function hasUser(v: Value, name: string): boolean {
  return v instanceof PyObject && !v.cls.builtin && userMethod(v, name) !== undefined;
}

function plain(v: Value): Value {
  return v instanceof PyObject && v.payload !== undefined ? v.payload : v;
}

/** a == b; undefined when user code decides. */
export function equals(a: Value, b: Value, depth = 0): boolean | undefined {
  if (typeof a === 'string' || typeof b === 'string') {
    if (typeof a === typeof b) return a === b;
  }
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (a === b) return true;
  if (hasUser(a, '__eq__') || hasUser(b, '__eq__')) return undefined;
  a = plain(a);
  b = plain(b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth > 200) return false;
  if (a instanceof Opaque || b instanceof Opaque) return undefined;
  if (a instanceof PyTuple && b instanceof PyTuple) return sequences(a.items, b.items, depth);
  if (a instanceof PyList && b instanceof PyList) return sequences(a.items, b.items, depth);
  if (a instanceof PyDeque && b instanceof PyDeque) return sequences(a.items, b.items, depth);
  if (a instanceof PyDict && b instanceof PyDict) return dicts(a, b, depth);
  const sa = setLike(a);
  const sb = setLike(b);
  if (sa && sb) return sa.size === sb.size && [...sa].every((k) => sb.has(k));
  if (a instanceof PyByteArray || b instanceof PyByteArray || a instanceof PyMemoryView || b instanceof PyMemoryView) return undefined;
  if (a instanceof PyBytes && b instanceof PyBytes)
    return a.value.length === b.value.length && a.value.every((x, i) => x === (b as PyBytes).value[i]);
  if (a instanceof PyRange && b instanceof PyRange) return a.start === b.start && a.stop === b.stop && a.step === b.step;
  if (a instanceof PySlice && b instanceof PySlice) return sequences([a.lower, a.upper, a.step], [b.lower, b.upper, b.step], depth);
  if (isBound(a) && isBound(b)) return a.fn === b.fn && a.self === b.self;
  return false;
}

function isBound(v: Value): v is HeapObject & { fn: Value; self: Value } {
  return v instanceof HeapObject && v.type === 'method';
}

function setLike(v: Value): Set<unknown> | null {
  if (v instanceof PySet) return new Set(entriesOf(v).map((e) => e.canon));
  if (v instanceof DictView && v.type === 'dict_keys') return new Set(entriesOf(v.dict).map((e) => e.canon));
  return null;
}

function sequences(a: readonly Value[], b: readonly Value[], depth: number): boolean | undefined {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    const e = equals(a[i], b[i], depth + 1);
    if (e !== true) return e;
  }
  return true;
}

function dicts(a: PyDict, b: PyDict, depth: number): boolean | undefined {
  if (a.table.count !== b.table.count) return false;
  // Two OrderedDicts are equal in the same order only.
  if ([a, b].every((d) => d.cls.mro.includes(orderedDictClass))) {
    const others = entriesOf(b);
    if (entriesOf(a).some((e, i) => e.canon !== others[i]?.canon)) return false;
  }
  for (const e of entriesOf(a)) {
    const other = find(b.table, e.canon);
    if (!other) return false;
    if (e.value === other.value) continue;
    const eq = equals(e.value, other.value, depth + 1);
    if (eq !== true) return eq;
  }
  return true;
}

/** The pair, perhaps deep inside, that `order` last found it could not compare. */
let incomparable: readonly [Value, Value] = [null, null];

/** The message of the TypeError for it. */
export function cannotCompare(op: string): string {
  return `'${op}' not supported between instances of '${typeName(incomparable[0])}' and '${typeName(incomparable[1])}'`;
}

type Order = '<' | '<=' | '>' | '>=';

/** Order of two values: undefined when user code decides, null when they cannot be compared. */
export function order(op: Order, a: Value, b: Value): boolean | undefined | null {
  if (typeof a === 'number' && typeof b === 'number') return test(op, a < b ? -1 : a > b ? 1 : 0);
  if (isNumber(a) && isNumber(b)) return test(op, compareNumbers(a, b));
  if (typeof a === 'string' && typeof b === 'string') return test(op, compareStrings(a, b));
  if (hasUser(a, dunder[op] as string) || hasUser(b, dunder[mirror[op]] as string)) return undefined;
  const given = [a, b] as const;
  a = plain(a);
  b = plain(b);
  if (isNumber(a) && isNumber(b)) return test(op, compareNumbers(a, b));
  if (typeof a === 'string' && typeof b === 'string') return test(op, compareStrings(a, b));
  if (a instanceof Opaque || b instanceof Opaque) return undefined;
  if (
    (a instanceof PyTuple && b instanceof PyTuple) ||
    (a instanceof PyList && b instanceof PyList) ||
    (a instanceof PyDeque && b instanceof PyDeque)
  ) {
    const n = Math.min(a.items.length, b.items.length);
    for (let i = 0; i < n; i++) {
      const x = a.items[i];
      const y = b.items[i];
      if (x === y) continue;
      const e = equals(x, y);
      if (e === undefined) return undefined;
      if (!e) return order(op, x, y);
    }
    return test(op, a.items.length - b.items.length);
  }
  const sa = setLike(a);
  const sb = setLike(b);
  if (sa && sb) {
    const subset = (x: Set<unknown>, y: Set<unknown>): boolean => [...x].every((k) => y.has(k));
    if (op === '<=') return subset(sa, sb);
    if (op === '>=') return subset(sb, sa);
    return sa.size !== sb.size && (op === '<' ? subset(sa, sb) : subset(sb, sa));
  }
  if (a instanceof PyBytes && b instanceof PyBytes) {
    for (let i = 0; i < Math.min(a.value.length, b.value.length); i++) {
      const d = (a.value[i] as number) - (b.value[i] as number);
      if (d !== 0) return test(op, d);
    }
    return test(op, a.value.length - b.value.length);
  }
  incomparable = given;
  return null;
}

/** By code points, which is not the order of UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const high = (c: number): number => (c >= 0xd800 && c <= 0xdfff ? c + 0x10000 : c);
      return high(x) - high(y);
    }
  }
  return a.length - b.length;
}

function test(op: Order, d: number): boolean {
  return op === '<' ? d < 0 : op === '<=' ? d <= 0 : op === '>' ? d > 0 : d >= 0;
}

export const dunder: Readonly<Record<string, string>> = {
  '==': '__eq__',
  '!=': '__ne__',
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
};
const mirror: Readonly<Record<Order, Order>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** The accesses of looking at all of a shared container; false when the step must stop first. */
function look(m: Machine, ...values: Value[]): boolean {
  for (const v of values) {
    const o = v instanceof DictView ? v.dict : v;
    if (o instanceof HeapObject && o.shared && (o instanceof PyList || o instanceof PyDict || o instanceof PySet || o instanceof PyDeque)) {
      if (m.stopBefore(o)) return false;
    }
  }
  for (const v of values) {
    const o = v instanceof DictView ? v.dict : v;
    if (o instanceof PyDict || o instanceof PySet) readAll(m, o);
    else if (o instanceof PyList || o instanceof PyDeque) readList(m, o);
  }
  return true;
}

export function compare(m: Machine, op: CompareOperator, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    switch (op) {
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '<=':
        return a <= b;
      case '>=':
        return a >= b;
      case '==':
        return a === b;
      case '!=':
        return a !== b;
      default:
    }
  }
  switch (op) {
    case 'is':
    case 'is not':
      // A part of something unknown may be missing; what a call gave is taken to be there until that is doubted.
      for (const [x, y] of [
        [a, b],
        [b, a],
      ]) {
        if (!(x instanceof Opaque) || y !== null) continue;
        if (x.from?.kind === 'part') return opaqueTruth(m, x, op, null);
        if (x.from?.kind !== 'call' || x.definite) continue;
        const there = isNamedThere(m, x.name);
        return there === STOP ? STOP : there === (op === 'is not');
      }
      if (mayBeOne(a, b)) {
        const one = opaqueTruth(m, a, 'is', b);
        return one === STOP ? STOP : (one === true) === (op === 'is');
      }
      return identical(a, b) === (op === 'is');
    case 'in':
      return contains(m, a, b);
    case 'not in': {
      const r = contains(m, a, b);
      return r === PUSHED ? m.afterCall(negated, null) : typeof r === 'boolean' ? !r : r;
    }
    case '==':
    case '!=':
    case '===':
    case '!==':
    case '<':
    case '>':
    case '<=':
    case '>=': {
      const x = frozenBytes(m, a);
      const y = frozenBytes(m, b);
      if (x !== a || y !== b) return x === STOP || y === STOP ? STOP : compare(m, op, x, y);
      break;
    }
    default:
  }
  switch (op) {
    case '==':
    case '!=':
    case '===':
    case '!==':
      return equality(m, op === '==' || op === '===', a, b);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordering(m, op, a, b);
    default:
      return typeError(m, `unsupported comparison ${op}`);
  }
}

/** The content of a bytearray or memoryview at this moment, as bytes. */
function frozenBytes(m: Machine, v: Value): Value {
  if (!(v instanceof PyByteArray || v instanceof PyMemoryView)) return v;
  return stopsBefore(m, v) ? STOP : new PyBytes(contentOf(m, v) ?? new Uint8Array());
}

function negated(m: Machine, v: Value): Value {
  const t = truth(m, v);
  if (t === PUSHED) return m.afterCall(negated, null);
  return t !== true;
}

/** What two different calls of the unknown gave may be one thing: `loop_of(task) is running_loop()`. */
function mayBeOne(a: Value, b: Value): boolean {
  if (!(a instanceof Opaque && b instanceof Opaque) || a === b) return false;
  const [x, y] = [a, b].map((o) => o.name.replace(/ #\d+$/, ''));
  return x !== y && [a, b].every((o) => o.from?.kind === 'call' && !isFresh(`${lastName(o.name)}()`));
}

export function identical(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof PyTuple && b instanceof PyTuple) return a.items.length === 0 && b.items.length === 0;
  return typeof a === 'bigint' && typeof b === 'bigint' && a === b;
}

function equality(m: Machine, wanted: boolean, a: Value, b: Value): Value {
  if (a instanceof Opaque || b instanceof Opaque) {
    if (a === b) return wanted;
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const)
      if (x instanceof Opaque && x.numeric && Number.isSafeInteger(y)) {
        const n = m.resolveNumber(x, '>=', (y as number) + (y === 0 ? 1 : 0));
        return n === undefined ? STOP : (n === y) === wanted;
      }
    if (a instanceof Opaque && namesColumn.test(a.name)) {
      // `filter(User.email == email)`: a comparison that is handed on says what is asked for.
      const made = opaque(m, `${describeUnknown(a)} ${wanted ? '==' : '!='} ${describeUnknown(b)}`);
      made.from = { kind: 'operation', operator: wanted ? '==' : '!=', left: a, right: b };
      return made;
    }
    if (a instanceof Opaque && b instanceof Opaque) {
      if (areApart(a, b)) return !wanted;
      // Asked either way round it is one question.
      if (a.id > b.id) [a, b] = [b, a];
    }
    return opaqueTruth(m, a, wanted ? '==' : '!=', b);
  }
  const r = equals(a, b);
  if (r !== undefined) {
    if (!look(m, a, b)) return STOP;
    return r === wanted;
  }
  const direct = userMethod(a, wanted ? '__eq__' : '__ne__');
  const reverse = userMethod(b, wanted ? '__eq__' : '__ne__');
  if (direct !== undefined || reverse !== undefined || userMethod(a, '__eq__') !== undefined || userMethod(b, '__eq__') !== undefined)
    return callPrelude(m, wanted ? '__rr_eq' : '__rr_ne', [a, b]);
  return callPrelude(m, wanted ? '__rr_deep_eq' : '__rr_deep_ne', [a, b]);
}

/** `User.email`, `users.c.email`: a column, not the value of one. */
const namesColumn = /(\b[A-Z]\w*|\.c)\.[a-z_]\w*$/;

function describeUnknown(v: Value): string {
  return v instanceof Opaque ? v.name : (reprOf(v) ?? '…');
}

function ordering(m: Machine, op: Order, a: Value, b: Value): Value {
  if (a instanceof Opaque && Number.isSafeInteger(b)) {
    const n = m.resolveNumber(a, op, b as number);
    return n === undefined ? STOP : ordering(m, op, n, b);
  }
  if (b instanceof Opaque && Number.isSafeInteger(a)) {
    const n = m.resolveNumber(b, mirror[op], a as number);
    return n === undefined ? STOP : ordering(m, op, a, n);
  }
  if (a instanceof Opaque || b instanceof Opaque) return opaqueTruth(m, a, op, b);
  const r = order(op, a, b);
  if (r === undefined) {
    if (hasUser(a, dunder[op] as string) || hasUser(b, dunder[mirror[op]] as string))
      return callPrelude(m, '__rr_order', [a, b, dunder[op], dunder[mirror[op]], op]);
    return callPrelude(m, '__rr_deep_order', [a, b, op]);
  }
  if (r === null) return typeError(m, cannotCompare(op));
  if (!look(m, a, b)) return STOP;
  return r;
}

/** item in container. */
export function contains(m: Machine, item: Value, container: Value): Value {
  if (typeof container === 'string') {
    const s = plain(item);
    if (typeof s !== 'string') return typeError(m, `'in <string>' requires string as left operand, not ${typeName(item)}`);
    return container.includes(s);
  }
  if (container instanceof PyByteArray || container instanceof PyMemoryView) {
    if (stopsBefore(m, container, item)) return STOP;
    const content = contentOf(m, container) ?? new Uint8Array();
    const wanted = contentOf(m, item);
    if (typeof item === 'number') return content.includes(item);
    if (wanted === undefined) return typeError(m, `a bytes-like object is required, not '${typeName(item)}'`);
    return container instanceof PyByteArray && indexOfBytes(content, wanted) >= 0;
  }
  const user = userMethod(container, '__contains__');
  if (user !== undefined) {
    const r = callFunction(m, user, [container, item], null);
    return r === PUSHED ? m.afterCall((mm, v) => truth(mm, v), null) : r === STOP ? r : truth(m, r);
  }
  const o = plain(container);
  if (typeof o === 'string') return contains(m, item, o);
  const dict = o instanceof DictView && o.type === 'dict_keys' ? o.dict : o;
  if (dict instanceof PyDict || dict instanceof PySet) {
    const key = knownKey(m, dict, item);
    if (key === undefined) return STOP;
    const c = canon(m, key);
    if (c === USER_KEY) return callPrelude(m, '__rr_keyed_in', [key, container]);
    if (m.stopBefore(dict)) return STOP;
    return lookUp(m, dict, c as never) !== null;
  }
  if (o instanceof PyList || o instanceof PyTuple || o instanceof PyDeque) {
    for (const v of o.items) if (v !== item && equals(item, v) === undefined) return callPrelude(m, '__rr_in', [item, container]);
    if (o instanceof HeapObject) {
      if (m.stopBefore(o)) return STOP;
      m.read(o, STRUCTURE, undefined);
      m.read(o, LENGTH, o.items.length);
      for (let i = 0; i < o.items.length; i++) {
        m.read(o, i, o.items[i]);
        if (o.items[i] === item || equals(item, o.items[i]) === true) return true;
      }
      return false;
    }
    return o.items.some((v) => v === item || equals(item, v) === true);
  }
  if (o instanceof PyRange) {
    const n = item instanceof PyFloat && Number.isInteger(item.value) ? item.value : typeof item === 'boolean' ? Number(item) : item;
    if (typeof n !== 'number') return false;
    return (o.step > 0 ? n >= o.start && n < o.stop : n <= o.start && n > o.stop) && (n - o.start) % o.step === 0;
  }
  if (o instanceof PyBytes) {
    if (typeof item === 'number') return o.value.includes(item);
    if (stopsBefore(m, item)) return STOP;
    const part = contentOf(m, item);
    if (part !== undefined) return indexOfBytes(o.value, part) >= 0;
    return typeError(m, `a bytes-like object is required, not '${typeName(item)}'`);
  }
  if (o instanceof Opaque) return opaqueTruth(m, item, 'in', o);
  if (o instanceof DictView || o instanceof PyIterator) return callPrelude(m, '__rr_in', [item, container]);
  if (o instanceof PyObject && (lookup(o.cls, '__iter__') !== undefined || lookup(o.cls, '__getitem__') !== undefined))
    return callPrelude(m, '__rr_in', [item, container]);
  if (o instanceof PyClass && (lookup(o.meta, '__contains__') !== undefined || lookup(o.meta, '__iter__') !== undefined)) {
    const method = lookup(o.meta, '__contains__');
    if (method instanceof Native || method === undefined) return callPrelude(m, '__rr_in', [item, container]);
    return callFunction(m, method, [o, item], null);
  }
  if (o instanceof HeapObject && o.type === 'generator') return callPrelude(m, '__rr_in', [item, container]);
  return typeError(m, `argument of type '${typeName(container)}' is not iterable`);
}

export function indexOfBytes(a: Uint8Array, b: Uint8Array, from = 0): number {
  for (let i = from; i + b.length <= a.length; i++) {
    let ok = true;
    for (let j = 0; j < b.length && ok; j++) ok = a[i + j] === b[j];
    if (ok) return i;
  }
  return -1;
}
