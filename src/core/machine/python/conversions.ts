/** int, float, bool, bytes, list and the other built-in classes as constructors, and number methods. */
import { PUSHED, STOP, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Opaque, PyBytes, PyFloat, PySlice, PyTuple, type Value } from '../values.ts';
import { contentOf, isBytesLike, stopsBefore } from './bytes-like.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { toRatio } from './format.ts';
import { drain } from './iteration.ts';
import { payload, sliceBounds, sliceItems } from './lists.ts';
import { asIndex, isInt, norm, toInt, type Int } from './numbers.ts';
import { ClassMethod, NativeAttribute, PyClass, PyObject, PyProperty, StaticMethod } from './objects.ts';
import { opaque } from './opaque.ts';
import { callPrelude } from './runtime.ts';
import { fromUtf8, utf8 } from './strings.ts';
import { bytesRepr, stringRepr } from './text.ts';
import { truth } from './truth.ts';
import {
  boolClass,
  bytesClass,
  classmethodClass,
  complexClass,
  floatClass,
  intClass,
  lookup,
  propertyClass,
  sliceClass,
  staticmethodClass,
  typeName,
  userMethod,
} from './types.ts';

function plain(v: Value): Value {
  return v instanceof PyObject && v.payload !== undefined ? v.payload : v;
}

/** int(text, base): undefined when the text is not a number. */
export function parseInteger(text: string, base: number): Int | undefined {
  let s = text.trim().toLowerCase();
  let negative = false;
  if (s.startsWith('+') || s.startsWith('-')) {
    negative = s.startsWith('-');
    s = s.slice(1);
  }
  const prefix = /^0([xob])/.exec(s)?.[1];
  const prefixBase = prefix === 'x' ? 16 : prefix === 'o' ? 8 : prefix === 'b' ? 2 : 0;
  if (prefixBase !== 0 && (base === 0 || base === prefixBase)) {
    s = s.slice(2).replace(/^_/, '');
    base = prefixBase;
  } else if (base === 0) {
    base = 10;
    if (/^0[0-9_]*[1-9]/.test(s)) return undefined;
  }
  if (!/^[0-9a-z]+(_[0-9a-z]+)*$/.test(s)) return undefined;
  s = s.replace(/_/g, '');
  let value = 0n;
  for (const c of s) {
    const d = parseInt(c, 36);
    if (Number.isNaN(d) || d >= base) return undefined;
    value = value * BigInt(base) + BigInt(d);
  }
  return norm(negative ? -value : value);
}

intClass.allocate = (m, cls, args, keywords) => {
  const wrap = (v: Value): Value => (cls === intClass ? v : payload(m, cls, v));
  if (args.length === 0) return wrap(0);
  const v = plain(args[0]);
  const base = args[1] ?? keywords?.get('base');
  if (base !== undefined) {
    const content = isBytesLike(v) ? (contentOf(m, v) ?? new Uint8Array()) : null;
    if (typeof v !== 'string' && content === null) return typeError(m, "int() can't convert non-string with explicit base");
    const b = asIndex(base) ?? 10;
    const r = parseInteger(content === null ? String(v) : (fromUtf8(content) ?? ''), b);
    const shown = content === null ? stringRepr(String(v)) : bytesRepr(content);
    return r === undefined ? raise(m, 'ValueError', `invalid literal for int() with base ${b}: ${shown}`) : wrap(r);
  }
  if (isInt(v)) return wrap(toInt(v));
  if (v instanceof PyFloat) {
    if (Number.isNaN(v.value)) return raise(m, 'ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(v.value)) return raise(m, 'OverflowError', 'cannot convert float infinity to integer');
    return wrap(norm(BigInt(Math.trunc(v.value))));
  }
  if (typeof v === 'string') {
    const r = parseInteger(v, 10);
    return r === undefined ? raise(m, 'ValueError', `invalid literal for int() with base 10: ${stringRepr(v)}`) : wrap(r);
  }
  if (isBytesLike(v)) {
    if (stopsBefore(m, v)) return STOP;
    const content = contentOf(m, v) ?? new Uint8Array();
    const r = parseInteger(fromUtf8(content) ?? '', 10);
    return r === undefined ? raise(m, 'ValueError', `invalid literal for int() with base 10: ${bytesRepr(content)}`) : wrap(r);
  }
  if (v instanceof Opaque) return opaque(m, `int(${v.name})`);
  for (const name of ['__int__', '__index__', '__trunc__'])
    if (userMethod(v, name) !== undefined) return callPrelude(m, '__rr_to_int', [v, name]);
  return typeError(m, `int() argument must be a string, a bytes-like object or a real number, not '${typeName(args[0])}'`);
};

floatClass.allocate = (m, cls, args) => {
  const wrap = (x: number): Value => (cls === floatClass ? new PyFloat(x) : payload(m, cls, new PyFloat(x)));
  if (args.length === 0) return wrap(0);
  const v = plain(args[0]);
  if (v instanceof PyFloat) return wrap(v.value);
  if (isInt(v)) return wrap(Number(v));
  if (typeof v === 'string') {
    const s = v
      .trim()
      .toLowerCase()
      .replace(/(?<=\d)_(?=\d)/g, '');
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(s)) return wrap(Number(s));
    const special = /^([+-]?)(inf|infinity|nan)$/.exec(s);
    if (special) return wrap(special[2] === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity);
    return raise(m, 'ValueError', `could not convert string to float: ${stringRepr(v)}`);
  }
  if (v instanceof Opaque) return opaque(m, `float(${v.name})`);
  for (const name of ['__float__', '__index__']) if (userMethod(v, name) !== undefined) return callPrelude(m, '__rr_to_float', [v, name]);
  return typeError(m, `float() argument must be a string or a real number, not '${typeName(args[0])}'`);
};

boolClass.allocate = (m, _cls, args) => (args.length === 0 ? false : truth(m, args[0]));

bytesClass.allocate = (m, cls, args, keywords) => {
  const v = args[0];
  let bytes: Uint8Array;
  if (v === undefined) bytes = new Uint8Array();
  else if (isBytesLike(v)) {
    if (stopsBefore(m, v)) return STOP;
    bytes = contentOf(m, v) ?? new Uint8Array();
  } else if (typeof v === 'string') {
    if (args.length < 2 && keywords?.has('encoding') !== true) return typeError(m, 'string argument without an encoding');
    bytes = utf8(v);
  } else if (v instanceof Opaque) return opaque(m, `bytes(${v.name})`);
  else if (typeof v === 'number') {
    if (v < 0) return raise(m, 'ValueError', 'negative count');
    bytes = new Uint8Array(v);
  } else {
    const items = drain(m, v);
    if (items === STOP) return STOP;
    if (items === null) return callPrelude(m, '__rr_bytes', [v]);
    if ((items as Value[]).some((i) => i instanceof Opaque)) return opaque(m, 'bytes(…)');
    for (const i of items as Value[]) {
      const n = asIndex(i);
      if (n === undefined) return typeError(m, `'${typeName(i)}' object cannot be interpreted as an integer`);
      if (n < 0 || n > 255) return raise(m, 'ValueError', 'bytes must be in range(0, 256)');
    }
    bytes = Uint8Array.from(items as number[]);
  }
  return cls === bytesClass ? new PyBytes(bytes) : payload(m, cls, new PyBytes(bytes));
};

complexClass.allocate = () => {
  throw new Unsupported('complex()');
};

sliceClass.allocate = (_m, _cls, args) =>
  args.length === 1 ? new PySlice(null, args[0], null) : new PySlice(args[0], args[1], args[2] ?? null);
propertyClass.allocate = (m, _cls, args, kw) =>
  m.adopt(new PyProperty(args[0] ?? kw?.get('fget') ?? null, args[1] ?? kw?.get('fset') ?? null, args[2] ?? kw?.get('fdel') ?? null));
staticmethodClass.allocate = (m, _cls, args) => m.adopt(new StaticMethod(args[0]));
classmethodClass.allocate = (m, _cls, args) => m.adopt(new ClassMethod(args[0]));
for (const [name, part] of [
  ['setter', 1],
  ['deleter', 2],
  ['getter', 0],
] as const) {
  method(
    propertyClass,
    name,
    (m, args) => {
      const p = args[0];
      if (!(p instanceof PyProperty)) return typeError(m, 'property expected');
      return m.adopt(new PyProperty(part === 0 ? args[1] : p.getter, part === 1 ? args[1] : p.setter, part === 2 ? args[1] : p.deleter));
    },
    { pure: true },
  );
}

// ---- number methods ------------------------------------------------------------------------------

function int(m: Machine, v: Value): Int {
  const p = plain(v);
  return isInt(p) ? toInt(p) : typeError(m, `an int is required, not ${typeName(v)}`);
}

method(
  intClass,
  'bit_length',
  (m, args) => {
    const n = BigInt(int(m, args[0]));
    return n === 0n ? 0 : (n < 0n ? -n : n).toString(2).length;
  },
  { pure: true },
);
method(
  intClass,
  'bit_count',
  (m, args) => {
    const n = BigInt(int(m, args[0]));
    return (n < 0n ? -n : n).toString(2).replace(/0/g, '').length;
  },
  { pure: true },
);
for (const name of ['conjugate', '__int__', '__index__', '__trunc__', '__floor__', '__ceil__'])
  method(intClass, name, (m, args) => int(m, args[0]), { pure: true });
method(intClass, 'as_integer_ratio', (m, args) => new PyTuple([int(m, args[0]), 1]), { pure: true });
method(
  intClass,
  'to_bytes',
  (m, args, kw) => {
    const n = BigInt(int(m, args[0]));
    const length = asIndex(args[1] ?? kw?.get('length') ?? 1) ?? 1;
    const order = args[2] ?? kw?.get('byteorder') ?? 'big';
    let x = n < 0n ? n + (1n << BigInt(length * 8)) : n;
    if ((n < 0n && kw?.get('signed') !== true) || x >= 1n << BigInt(length * 8))
      return raise(m, 'OverflowError', n < 0n ? "can't convert negative int to unsigned" : 'int too big to convert');
    const out: number[] = [];
    for (let i = 0; i < length; i++) {
      out.push(Number(x & 255n));
      x >>= 8n;
    }
    return new PyBytes(Uint8Array.from(order === 'big' ? out.reverse() : out));
  },
  { pure: true },
);
method(
  intClass,
  'from_bytes',
  (m, args, kw) => {
    const b = args[0];
    const items = isBytesLike(b) ? [...(contentOf(m, b) ?? [])] : drain(m, b);
    if (items === STOP || items === null) throw new Unsupported('int.from_bytes of an iterator of the program');
    const bytes = (items as readonly Value[]).map(Number);
    const order = args[1] ?? kw?.get('byteorder') ?? 'big';
    if (order !== 'big') bytes.reverse();
    let n = 0n;
    for (const x of bytes) n = (n << 8n) | BigInt(x);
    if (kw?.get('signed') === true && bytes.length > 0 && (bytes[0] as number) > 127) n -= 1n << BigInt(bytes.length * 8);
    return norm(n);
  },
  { pure: true },
);
intClass.dict.set('real', new NativeAttribute((m, v) => int(m, v)));
intClass.dict.set('imag', new NativeAttribute(() => 0));
intClass.dict.set('numerator', new NativeAttribute((m, v) => int(m, v)));
intClass.dict.set('denominator', new NativeAttribute(() => 1));

function float(v: Value): number {
  const p = plain(v);
  return p instanceof PyFloat ? p.value : NaN;
}
method(floatClass, 'is_integer', (_m, args) => Number.isInteger(float(args[0])), { pure: true });
method(floatClass, 'conjugate', (_m, args) => args[0], { pure: true });
method(floatClass, '__int__', (_m, args) => norm(BigInt(Math.trunc(float(args[0])))), { pure: true });
method(
  floatClass,
  'as_integer_ratio',
  (_m, args) => {
    const x = float(args[0]);
    const r = toRatio(Math.abs(x));
    return new PyTuple([norm(x < 0 ? -r.n : r.n), norm(r.d)]);
  },
  { pure: true },
);
method(floatClass, 'hex', (m) => raise(m, 'NotImplementedError', 'float.hex'), { pure: true });
floatClass.dict.set('real', new NativeAttribute((_m, v) => v));
floatClass.dict.set('imag', new NativeAttribute(() => new PyFloat(0)));

export function bytesGet(m: Machine, b: PyBytes, key: Value): Value {
  const i = asIndex(key);
  if (i !== undefined) {
    const at = i < 0 ? i + b.value.length : i;
    if (at < 0 || at >= b.value.length) return raise(m, 'IndexError', 'index out of range');
    return b.value[at];
  }
  if (key instanceof PySlice) return new PyBytes(Uint8Array.from(sliceItems([...b.value], sliceBounds(m, key, b.value.length))));
  return typeError(m, `byte indices must be integers or slices, not ${typeName(key)}`);
}

method(
  sliceClass,
  'indices',
  (m, args) => {
    const s = args[0];
    if (!(s instanceof PySlice)) return typeError(m, 'slice expected');
    const b = sliceBounds(m, s, asIndex(args[1]) ?? 0);
    return new PyTuple([b.start, b.stop, b.step]);
  },
  { pure: true },
);

export { PUSHED, lookup, PyClass };
