/** struct: packing and unpacking numbers, in native (of 64-bit Linux), little and big order. */
import { STOP, Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, PyBytes, PyFloat, PyTuple, type Value } from '../../values.ts';
import { contentOf, setContent, stopsBefore } from '../bytes-like.ts';
import { builtins } from '../builtins.ts';
import { newException, libraryException } from '../errors.ts';
import { defineModule, native } from '../library.ts';
import { asIndex, isInt, isNumber, norm, toDouble, toInt } from '../numbers.ts';
import { PyByteArray, PyMemoryView } from '../objects.ts';
import { opaque } from '../opaque.ts';
import { Raise } from '../../language.ts';
import { typeName } from '../types.ts';

const structError = libraryException('error', 'struct', 'Exception');

function fail(m: Machine, text: string): never {
  throw new Raise(newException(m, structError, [text]));
}

interface Item {
  code: string;
  /** Of one item, in bytes. */
  size: number;
  count: number;
  /** Bytes of padding before it. */
  pad: number;
}

interface Layout {
  items: readonly Item[];
  size: number;
  isLittle: boolean;
  isNative: boolean;
}

const standard: Readonly<Record<string, number>> = {
  x: 1,
  c: 1,
  b: 1,
  B: 1,
  '?': 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
  e: 2,
  f: 4,
  d: 8,
  s: 1,
  p: 1,
};
const native64: Readonly<Record<string, number>> = { ...standard, l: 8, L: 8, n: 8, N: 8, P: 8 };

function layoutOf(m: Machine, format: string): Layout {
  const order = /^[@=<>!]/.exec(format)?.[0] ?? '@';
  const isNative = order === '@';
  const sizes = isNative ? native64 : standard;
  const items: Item[] = [];
  let at = 0;
  const body = format.replace(/^[@=<>!]/, '');
  const pattern = /\s*(\d*)([a-zA-Z?])\s*/y;
  for (let i = 0; i < body.length; i = pattern.lastIndex) {
    pattern.lastIndex = i;
    const match = pattern.exec(body);
    const size = match ? sizes[match[2] as string] : undefined;
    if (!match || size === undefined) return fail(m, 'bad char in struct format');
    const count = match[1] === '' ? 1 : Number(match[1]);
    // Native order aligns each to its own size.
    const pad = isNative && count >= 0 ? (size - (at % size)) % size : 0;
    at += pad + size * count;
    items.push({ code: match[2] as string, size, count, pad });
  }
  return { items, size: at, isLittle: isNative || order === '<' || order === '=', isNative };
}

/** How many values a format takes. */
function valuesOf(layout: Layout): number {
  return layout.items.reduce((n, i) => n + (i.code === 'x' ? 0 : i.code === 's' || i.code === 'p' ? 1 : i.count), 0);
}

function numberBytes(value: bigint, size: number, isLittle: boolean): number[] {
  let x = BigInt.asUintN(size * 8, value);
  const out: number[] = [];
  for (let i = 0; i < size; i++) {
    out.push(Number(x & 255n));
    x >>= 8n;
  }
  return isLittle ? out : out.reverse();
}

function floatBytes(m: Machine, x: number, size: number, isLittle: boolean): number[] {
  if (size === 2) throw new Unsupported('struct format e');
  const view = new DataView(new ArrayBuffer(size));
  if (size === 4) {
    if (Number.isFinite(x) && !Number.isFinite(Math.fround(x))) return overflow(m);
    view.setFloat32(0, x, isLittle);
  } else view.setFloat64(0, x, isLittle);
  return [...new Uint8Array(view.buffer)];
}

function overflow(m: Machine): never {
  const e = m.ops.makeException(m, 'OverflowError', 'float too large to pack with f format');
  throw new Raise(e);
}

const isSigned = (code: string): boolean => 'bhilqn'.includes(code);

function pack(m: Machine, layout: Layout, values: readonly Value[], name: string): number[] {
  const wanted = valuesOf(layout);
  if (values.length !== wanted) return fail(m, `${name} expected ${wanted} items for packing (got ${values.length})`);
  const out: number[] = [];
  let at = 0;
  for (const item of layout.items) {
    for (let i = 0; i < item.pad; i++) out.push(0);
    if (item.code === 'x') {
      for (let i = 0; i < item.count; i++) out.push(0);
      continue;
    }
    if (item.code === 's' || item.code === 'p') {
      const content = contentOf(m, values[at++]);
      if (content === undefined) return fail(m, `argument for '${item.code}' must be a bytes object`);
      const body = [...content];
      if (item.code === 'p') throw new Unsupported('struct format p');
      for (let i = 0; i < item.count; i++) out.push(body[i] ?? 0);
      continue;
    }
    for (let i = 0; i < item.count; i++) out.push(...packOne(m, item, values[at++], layout));
  }
  return out;
}

function packOne(m: Machine, item: Item, v: Value, { isLittle, isNative }: Layout): number[] {
  const { code, size } = item;
  if (code === '?') return [m.ops.truth(m, v) === true ? 1 : 0];
  if (code === 'c') {
    const content = contentOf(m, v);
    return content?.length === 1 ? [...content] : fail(m, 'char format requires a bytes object of length 1');
  }
  if ('efd'.includes(code)) {
    if (!isNumber(v)) return fail(m, 'required argument is not a float');
    return floatBytes(m, toDouble(v), size, isLittle);
  }
  if (!isInt(v)) return fail(m, 'required argument is not an integer');
  const n = BigInt(toInt(v));
  const bits = BigInt(size * 8);
  const least = isSigned(code) ? -(1n << (bits - 1n)) : 0n;
  const most = isSigned(code) ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (n < least || n > most) {
    if (code === 'b') return fail(m, 'byte format requires -128 <= number <= 127');
    if (code === 'B') return fail(m, 'ubyte format requires 0 <= number <= 255');
    if (isNative && code === 'h') return fail(m, 'short format requires (-32767 -1) <= number <= 32767');
    if (isNative && code === 'H') return fail(m, 'ushort format requires 0 <= number <= (0x7fff * 2 + 1)');
    if (size === 8) return fail(m, 'int too large to convert');
    if (size === 4 && n < 0n && !isSigned(code)) return fail(m, 'argument out of range');
    return fail(m, `'${code}' format requires ${least} <= number <= ${most}`);
  }
  return numberBytes(n, size, isLittle);
}

function unpack(layout: Layout, bytes: Uint8Array, offset: number): PyTuple {
  const out: Value[] = [];
  let at = offset;
  for (const item of layout.items) {
    at += item.pad;
    if (item.code === 'x') {
      at += item.count;
      continue;
    }
    if (item.code === 'p') throw new Unsupported('struct format p');
    if (item.code === 's') {
      out.push(new PyBytes(bytes.slice(at, at + item.count)));
      at += item.count;
      continue;
    }
    for (let i = 0; i < item.count; i++, at += item.size) out.push(unpackOne(item, bytes.slice(at, at + item.size), layout.isLittle));
  }
  return new PyTuple(out);
}

function unpackOne({ code, size }: Item, bytes: Uint8Array, isLittle: boolean): Value {
  if (code === '?') return bytes[0] !== 0;
  if (code === 'c') return new PyBytes(bytes);
  if (code === 'e') throw new Unsupported('struct format e');
  if (code === 'f' || code === 'd') {
    const view = new DataView(bytes.slice().buffer);
    return new PyFloat(size === 4 ? view.getFloat32(0, isLittle) : view.getFloat64(0, isLittle));
  }
  const ordered = isLittle ? [...bytes].reverse() : [...bytes];
  const n = ordered.reduce((sum, b) => (sum << 8n) | BigInt(b), 0n);
  return norm(isSigned(code) ? BigInt.asIntN(size * 8, n) : n);
}

/** The format as text; null when it is not known. */
function formatOf(m: Machine, v: Value): Layout | null {
  if (v instanceof Opaque) return null;
  const content = contentOf(m, v);
  if (typeof v !== 'string' && content === undefined) {
    const e = m.ops.makeException(m, 'TypeError', `Struct() argument 1 must be a str or bytes object, not ${typeName(v)}`);
    throw new Raise(e);
  }
  return layoutOf(m, typeof v === 'string' ? v : String.fromCharCode(...(content ?? [])));
}

type Body = (m: Machine, layout: Layout, args: readonly Value[]) => Value;

/** `name(format, …)`: unknown when the format or one of the values is. */
function define(name: string, body: Body): void {
  builtins.set(
    `__rr_struct_${name}`,
    native(`struct.${name}`, (m, args, keywords) => {
      const all = [...args, ...[...(keywords?.values() ?? [])]];
      const unknown = all.find((a) => a instanceof Opaque);
      if (unknown instanceof Opaque) return opaque(m, `struct.${name}(${unknown.name})`);
      if (stopsBefore(m, ...all)) return STOP;
      const layout = formatOf(m, args[0]);
      return layout === null ? opaque(m, `struct.${name}(…)`) : body(m, layout, all.slice(1));
    }),
  );
}

define('pack', (m, layout, values) => new PyBytes(Uint8Array.from(pack(m, layout, values, 'pack'))));
define('calcsize', (_m, layout) => layout.size);
define('unpack', (m, layout, [buffer]) => {
  const bytes = contentOf(m, buffer) ?? notBytes(m, buffer);
  return bytes.length === layout.size ? unpack(layout, bytes, 0) : fail(m, `unpack requires a buffer of ${layout.size} bytes`);
});
define('unpack_from', (m, layout, [buffer, offset]) => {
  const bytes = contentOf(m, buffer) ?? notBytes(m, buffer);
  const given = asIndex(offset ?? 0) ?? 0;
  const at = given < 0 ? given + bytes.length : given;
  if (at < 0 || bytes.length - at < layout.size) {
    const needed = given < 0 ? layout.size : given + layout.size;
    return fail(
      m,
      `unpack_from requires a buffer of at least ${needed} bytes for unpacking ${layout.size} bytes at offset ${given} (actual buffer size is ${bytes.length})`,
    );
  }
  return unpack(layout, bytes, at);
});
define('iter_unpack', (m, layout, [buffer]) => {
  const bytes = contentOf(m, buffer) ?? notBytes(m, buffer);
  if (layout.size === 0) return fail(m, 'cannot iteratively unpack with a struct of length 0');
  if (bytes.length % layout.size !== 0) return fail(m, `iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  const rows = Array.from({ length: bytes.length / layout.size }, (_, i) => unpack(layout, bytes, i * layout.size));
  return m.ops.iterate(m, m.ops.makeList(m, rows), false);
});
define('pack_into', (m, layout, [buffer, offset, ...values]) => {
  const target = buffer instanceof PyMemoryView ? buffer.source : buffer;
  if (!(target instanceof PyByteArray)) return notBytes(m, buffer);
  if (m.stopBefore(target)) return STOP;
  const at = (asIndex(offset) ?? 0) + (buffer instanceof PyMemoryView ? buffer.start : 0);
  const bytes = pack(m, layout, values, 'pack_into');
  if (at < 0) throw new Unsupported('struct.pack_into at a negative offset');
  if (target.content.length - at < bytes.length)
    return fail(
      m,
      `pack_into requires a buffer of at least ${at + bytes.length} bytes for packing ${bytes.length} bytes at offset ${at} (actual buffer size is ${target.content.length})`,
    );
  const content = target.content.slice();
  content.set(bytes, at);
  setContent(m, target, content);
  return null;
});

function notBytes(m: Machine, v: Value): never {
  throw new Raise(m.ops.makeException(m, 'TypeError', `a bytes-like object is required, not '${typeName(v)}'`));
}

defineModule('struct', { error: structError }, 'struct');
