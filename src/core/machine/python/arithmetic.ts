/** Binary and unary operators on any values, with reflected and in-place methods of user classes. */
import type { BinaryOperator, UnaryOperator } from '../../program/program.ts';
import { Native, PUSHED, STOP, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { NOT_IMPLEMENTED, Opaque, PyBytes, PyFloat, PyTuple, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { copyDict, update } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { percent } from './format.ts';
import { isIndexed } from './indices.ts';
import { extend, newList, readList, replaceAll, restructure } from './lists.ts';
import { arithmetic, asIndex, isInt, negate, toInt } from './numbers.ts';
import { DictView, PyByteArray, PyClass, PyDeque, PyDict, PyList, PyMemoryView, PyObject, PySet } from './objects.ts';
import { byteExtend, newByteArray } from './bytearrays.ts';
import { contentOf, isBytesLike, latin, setContent, stopsBefore, unlatin } from './bytes-like.ts';
import { callOpaque, opaque } from './opaque.ts';
import { callPrelude } from './runtime.ts';
import { inPlaceSet, setOperation } from './sets.ts';
import { reprOf } from './text.ts';
import { truth } from './truth.ts';
import { classOf, isSubclass, lookup, typeName, userMethod } from './types.ts';
import { newDeque } from './deque.ts';

const names: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

function plain(v: Value): Value {
  return v instanceof PyObject && v.payload !== undefined ? v.payload : v;
}

export function binary(m: Machine, op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const r = arithmetic(m, op, a, b);
    if (r !== undefined) return r;
  }
  if (typeof a === 'string' && typeof b === 'string' && op === '+') return a + b;
  const name = names[op] ?? '';
  const direct = userMethod(a, `__${name}__`);
  const reverse = userMethod(b, `__r${name}__`);
  if (direct !== undefined || reverse !== undefined) {
    const first = reverse !== undefined && classOf(a) !== classOf(b) && isSubclass(classOf(b), classOf(a)) ? 'reverse' : 'direct';
    return callPrelude(m, '__rr_binary', [
      a,
      b,
      direct ?? null,
      classOf(a) === classOf(b) ? null : (reverse ?? null),
      first === 'reverse',
      op,
    ]);
  }
  const r = native(m, op, a, b);
  return r === undefined ? unsupported(m, op, a, b) : r;
}

export function unsupported(m: Machine, op: string, a: Value, b: Value): never {
  if (op === '+' && typeof plain(a) === 'string') return typeError(m, `can only concatenate str (not "${typeName(b)}") to str`);
  if (op === '+' && a instanceof PyList) return typeError(m, `can only concatenate list (not "${typeName(b)}") to list`);
  if (op === '+' && plain(a) instanceof PyTuple) return typeError(m, `can only concatenate tuple (not "${typeName(b)}") to tuple`);
  if (op === '+' && (plain(a) instanceof PyBytes || a instanceof PyByteArray))
    return typeError(m, `can't concat ${typeName(b)} to ${typeName(a)}`);
  if (op === '*' && (sequence(a) || sequence(b))) {
    return typeError(m, `can't multiply sequence by non-int of type '${typeName(sequence(a) ? b : a)}'`);
  }
  return typeError(m, `unsupported operand type(s) for ${op === '**' ? '** or pow()' : op}: '${typeName(a)}' and '${typeName(b)}'`);
}

function sequence(v: Value): boolean {
  const p = plain(v);
  return typeof p === 'string' || p instanceof PyList || p instanceof PyTuple || p instanceof PyBytes;
}

/** Operators of built-in types; undefined when there is none. */
export function native(m: Machine, op: BinaryOperator, x: Value, y: Value): Value {
  if (x instanceof PyByteArray || y instanceof PyByteArray || x instanceof PyMemoryView || y instanceof PyMemoryView) {
    const made = ofBytes(m, op, x, y);
    if (made !== undefined) return made;
  }
  const a = plain(x);
  const b = plain(y);
  if (a instanceof Opaque || b instanceof Opaque) return computed(m, op, a, b);
  const r = arithmetic(m, op, a, b);
  if (r !== undefined) return r;
  switch (op) {
    case '+':
      return concatenate(m, a, b);
    case '*':
      if (sequence(a) && isIndexed(b)) return callPrelude(m, '__rr_indexed_repeat', [a, b]);
      if (sequence(b) && isIndexed(a)) return callPrelude(m, '__rr_indexed_repeat', [b, a]);
      return repeat(m, a, b) ?? repeat(m, b, a);
    case '%':
      if (a instanceof PyBytes) return bytesPercent(m, a, b instanceof PyTuple ? b : y);
      return typeof a === 'string' ? percent(m, a, b instanceof PyTuple ? b : y) : undefined;
    case '-':
    case '&':
    case '^':
    case '|':
      if (a instanceof PyDict && b instanceof PyDict && op === '|') {
        const copy = copyDict(m, a);
        update(m, copy, b, null);
        return copy;
      }
      if (op === '|' && (a instanceof PyClass || b instanceof PyClass) && unionPart(a) && unionPart(b))
        return callPrelude(m, '__rr_union', [x, y]);
      if (a instanceof DictView && a.type !== 'dict_values' && !(b instanceof PySet) && !(b instanceof DictView))
        return callPrelude(m, '__rr_set_operation', [op, a, b]);
      if (b instanceof DictView && b.type !== 'dict_values' && !(a instanceof PySet) && !(a instanceof DictView))
        return callPrelude(m, '__rr_set_operation', [op, a, b]);
      if ((a instanceof PySet || a instanceof DictView) && (b instanceof PySet || b instanceof DictView)) return setOperation(m, op, a, b);
      return undefined;
    default:
      return undefined;
  }
}

/** `+`, `*` and `%` where one side is a bytearray or a memoryview; undefined for anything else. */
function ofBytes(m: Machine, op: BinaryOperator, x: Value, y: Value): Value {
  if (stopsBefore(m, x, y)) return STOP;
  if (op === '+' && isBytesLike(x) && isBytesLike(y) && !(x instanceof PyMemoryView)) {
    const content = Uint8Array.from([...(contentOf(m, x) ?? []), ...(contentOf(m, y) ?? [])]);
    return x instanceof PyByteArray ? newByteArray(m, content) : new PyBytes(content);
  }
  const [b, n] = x instanceof PyByteArray ? [x, y] : [y, x];
  if (op === '*' && b instanceof PyByteArray && isInt(n)) {
    const made = repeat(m, new PyBytes(contentOf(m, b) ?? new Uint8Array()), n);
    return made instanceof PyBytes ? newByteArray(m, made.value) : made;
  }
  if (op === '%' && x instanceof PyByteArray) {
    const made = bytesPercent(m, new PyBytes(contentOf(m, x) ?? new Uint8Array()), y);
    return made instanceof PyBytes ? newByteArray(m, made.value) : made;
  }
  return undefined;
}

/** `b'%d' % values`: as text of one character for each byte. */
function bytesPercent(m: Machine, format: PyBytes, values: Value): Value {
  const list = values instanceof PyTuple ? values.items : [values];
  if (values instanceof PyDict) throw new Unsupported('bytes formatted from a dict');
  if (list.some((v) => v instanceof Opaque)) return opaque(m, `(${describe(format)} % ${describe(values)})`);
  const text = latin(format.value);
  const wanted = [...text.matchAll(/%[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?([a-zA-Z])/g)].map((s) => s[1]);
  if (text.includes('*')) throw new Unsupported('bytes formatted with a width that is a value');
  if (stopsBefore(m, ...list)) return STOP;
  const given = list.map((v, i): Value => {
    const content = contentOf(m, v);
    const kind = wanted[i] ?? '';
    if (kind === 'r' || kind === 'a') return v;
    if (kind === 's' || kind === 'b') {
      if (content !== undefined) return latin(content);
      if (userMethod(v, '__bytes__') !== undefined) throw new Unsupported('bytes formatted of an object of the program');
      return typeError(m, `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeName(v)}'`);
    }
    return kind === 'c' && content?.length === 1 ? latin(content) : v;
  });
  const made = percent(
    m,
    text.replace(/(%[#0\- +]*\d*(?:\.\d+)?)b/g, '$1s').replace(/(%[#0\- +]*\d*(?:\.\d+)?)r/g, '$1a'),
    new PyTuple(given),
    'bytes',
  );
  return typeof made === 'string' ? new PyBytes(unlatin(made)) : made;
}

function unionPart(v: Value): boolean {
  return v === null || v instanceof PyClass || (v instanceof PyObject && v.cls.name === 'GenericAlias') || v instanceof Opaque;
}

/** Computed from something unknown: unknown, unless its number was found out. */
function computed(m: Machine, op: BinaryOperator, a: Value, b: Value): Value {
  const left = a instanceof Opaque ? m.resolvedNumber(a) : undefined;
  if (left !== undefined && Number.isSafeInteger(b) && /^[-+*]$/.test(op)) return arithmetic(m, op, left, b);
  const made = opaque(m, `(${describe(a)} ${op} ${describe(b)})`);
  made.from = { kind: 'operation', operator: op, left: a, right: b };
  const isSame = (v: Value): boolean => (v instanceof Opaque ? v.same !== null : describe(v) !== '…');
  if (isSame(a) && isSame(b)) made.same = made.name;
  return made;
}

function describe(v: Value): string {
  return v instanceof Opaque ? v.name : (reprOf(v) ?? '…');
}

function concatenate(m: Machine, a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (a instanceof PyTuple && b instanceof PyTuple) return new PyTuple([...a.items, ...b.items]);
  if (a instanceof PyList && b instanceof PyList) {
    if (m.stopBefore(a) || m.stopBefore(b)) return STOP;
    readList(m, a);
    readList(m, b);
    return newList(m, [...a.items, ...b.items]);
  }
  if (a instanceof PyBytes && b instanceof PyBytes) return new PyBytes(Uint8Array.from([...a.value, ...b.value]));
  if (a instanceof PyDeque && b instanceof PyDeque) return newDeque(m, [...a.items, ...b.items], a.maxlen);
  return undefined;
}

function empty(v: Value): boolean {
  return (
    v === '' || ((v instanceof PyList || v instanceof PyTuple) && v.items.length === 0) || (v instanceof PyBytes && v.value.length === 0)
  );
}

function repeat(m: Machine, a: Value, b: Value): Value {
  const n = isInt(b) ? asIndex(b) : undefined;
  if (n === undefined) return undefined;
  if (!sequence(a)) return undefined;
  if (typeof b === 'bigint') return raise(m, 'OverflowError', "cannot fit 'int' into an index-sized integer");
  const times = empty(a) ? 0 : Math.max(0, n);
  const big = (size: number): void => {
    if (size * times > 5e6) raise(m, 'MemoryError');
  };
  if (typeof a === 'string') {
    big(a.length);
    return a.repeat(times);
  }
  if (a instanceof PyList || a instanceof PyTuple) {
    big(a.items.length);
    if (a instanceof PyList) {
      if (m.stopBefore(a)) return STOP;
      readList(m, a);
    }
    const items: Value[] = [];
    for (let i = 0; i < times; i++) items.push(...a.items);
    return a instanceof PyList ? newList(m, items) : new PyTuple(items);
  }
  if (a instanceof PyBytes) {
    big(a.value.length);
    const out: number[] = [];
    for (let i = 0; i < times; i++) out.push(...a.value);
    return new PyBytes(Uint8Array.from(out));
  }
  return undefined;
}

export function inPlace(m: Machine, op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return binary(m, op, a, b);
  const user = userMethod(a, `__i${names[op] ?? ''}__`);
  if (user !== undefined) return callPrelude(m, '__rr_inplace', [a, b, user, op]);
  if (a instanceof PyList) {
    if (op === '+') {
      if (m.stopBefore(a)) return STOP;
      const r = extend(m, a, b);
      if (r === PUSHED) return m.afterCall((_m, _v, data) => data, a);
      return r === STOP ? STOP : a;
    }
    if (op === '*' && isInt(b)) {
      if (m.stopBefore(a)) return STOP;
      const items: Value[] = [];
      if (typeof b === 'bigint') return raise(m, 'OverflowError', "cannot fit 'int' into an index-sized integer");
      const n = a.items.length === 0 ? 0 : Number(toInt(b));
      if (n * a.items.length > 5e6) return raise(m, 'MemoryError');
      for (let i = 0; i < n; i++) items.push(...a.items);
      restructure(m, a);
      replaceAll(m, a, items);
      return a;
    }
  }
  if (a instanceof PyByteArray && op === '+') {
    if (!isBytesLike(b)) return typeError(m, `can't concat ${typeName(b)} to bytearray`);
    return byteExtend(m, a, b) === STOP ? STOP : a;
  }
  if (a instanceof PyByteArray && op === '*' && isInt(b)) {
    if (m.stopBefore(a)) return STOP;
    const made = repeat(m, new PyBytes(contentOf(m, a) ?? new Uint8Array()), b);
    if (made instanceof PyBytes) setContent(m, a, made.value);
    return a;
  }
  if (a instanceof PySet && a.cls.layout === 'set' && (op === '|' || op === '&' || op === '-' || op === '^') && b instanceof PySet)
    return inPlaceSet(m, op, a, b);
  if (a instanceof PyDict && op === '|') {
    if (m.stopBefore(a)) return STOP;
    const r = update(m, a, b, null);
    if (r === PUSHED) return m.afterCall((_m, _v, data) => data, a);
    return r === STOP ? STOP : a;
  }
  if (a instanceof PyDeque && op === '+') return callPrelude(m, '__rr_iadd_deque', [a, b]);
  const r = binaryForInPlace(m, op, a, b);
  return r;
}

function binaryForInPlace(m: Machine, op: BinaryOperator, a: Value, b: Value): Value {
  const name = names[op] ?? '';
  if (userMethod(a, `__${name}__`) !== undefined || userMethod(b, `__r${name}__`) !== undefined) return binary(m, op, a, b);
  const r = native(m, op, a, b);
  if (r !== undefined) return r;
  if ((op === '+' && sequence(a)) || (op === '*' && (sequence(a) || (sequence(b) && !(a instanceof PyDict) && !(a instanceof PySet)))))
    return unsupported(m, op, a, b);
  return typeError(m, `unsupported operand type(s) for ${op === '**' ? '**' : op}=: '${typeName(a)}' and '${typeName(b)}'`);
}

export function unary(m: Machine, op: UnaryOperator | 'toNumeric', a: Value): Value {
  if (op === 'not') {
    const t = truth(m, a);
    return typeof t === 'boolean' ? !t : t;
  }
  const name = op === '-' ? '__neg__' : op === '+' ? '__pos__' : '__invert__';
  const user = userMethod(a, name);
  if (user !== undefined) return callFunction(m, user, [a], null);
  const v = plain(a);
  if (isInt(v)) {
    const n = toInt(v);
    if (op === '-') return negate(n);
    if (op === '~') return typeof n === 'number' ? -n - 1 : negate(n) === n ? n : arithmetic(m, '-', negate(n), 1);
    return n;
  }
  if (v instanceof PyFloat && op !== '~') return op === '-' ? new PyFloat(-v.value) : v;
  if (v instanceof Opaque) return opaque(m, `${op}${v.name}`);
  return typeError(m, `bad operand type for unary ${op}: '${typeName(a)}'`);
}

export { Native, NOT_IMPLEMENTED, callOpaque, lookup };
