/**
 * Binary data: buffers of bytes and the views of them. A view that made its own buffer is the object whose elements
 * are the shared locations, whoever looks at them; a buffer made by itself has one location for each byte. An
 * unknown number lies in the bytes it was written to, and is itself again when the same bytes are read alike.
 */
import type { Machine } from '../../machine.ts';
import { UnknownOperand } from '../../language.ts';
import { Immutable, Opaque, type Value } from '../../values.ts';
import { toNumber, toPrimitive } from '../convert.ts';
import { chain, throwError } from '../objects.ts';
import { newOpaque } from '../opaque.ts';
import { state } from '../state.ts';
import { JsObject, JsSymbol, type Key } from '../values.ts';

/** Element types and their sizes in bytes. */
export const elementSizes = {
  Int8: 1,
  Uint8: 1,
  Uint8Clamped: 1,
  Int16: 2,
  Uint16: 2,
  Int32: 4,
  Uint32: 4,
  Float32: 4,
  Float64: 8,
  BigInt64: 8,
  BigUint64: 8,
} as const;
export type ElementKind = keyof typeof elementSizes;

/** Bytes of a buffer at the most: each is kept by itself. */
const longest = 1 << 20;

/** One of the bytes that an unknown number of a kind was written to. */
export class UnknownByte extends Immutable {
  readonly type = 'byte';
  readonly kind: ElementKind;
  readonly of: Opaque;
  readonly at: number;
  readonly items: readonly Value[];
  constructor(kind: ElementKind, of: Opaque, at: number) {
    super();
    this.kind = kind;
    this.of = of;
    this.at = at;
    this.items = [of];
  }
}

/** An ArrayBuffer. */
export class JsBuffer extends JsObject {
  override readonly type: string = 'buffer';
  /** Numbers from 0 to 255, and bytes of unknown numbers. */
  cells: Value[];
  /** The object that locations are parts of, and how many bytes there are to one. */
  holder: JsObject = this;
  grain = 1;
  constructor(proto: JsObject | null, cells: Value[]) {
    super(proto);
    this.cells = cells;
    this.className = 'ArrayBuffer';
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.holder);
    for (const c of this.cells) if (c instanceof UnknownByte) visit(c.of);
  }
}

/** A typed array, or (kind null) a DataView. */
export class JsView extends JsObject {
  override readonly type: string;
  readonly kind: ElementKind | null;
  readonly buffer: JsBuffer;
  readonly byteOffset: number;
  readonly byteLength: number;
  constructor(proto: JsObject | null, kind: ElementKind | null, buffer: JsBuffer, byteOffset: number, byteLength: number) {
    super(proto);
    this.type = kind === null ? 'view' : 'typed array';
    this.kind = kind;
    this.buffer = buffer;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    this.className = kind === null ? 'DataView' : `${kind}Array`;
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.buffer);
  }
}

export interface TypedArray extends JsView {
  readonly kind: ElementKind;
}

export function isTyped(v: Value): v is TypedArray {
  return v instanceof JsView && v.kind !== null;
}

export function lengthOf(a: TypedArray): number {
  return a.byteLength / elementSizes[a.kind];
}

export function newBuffer(m: Machine, length: number, proto: JsObject = state(m).intrinsics.ArrayBuffer): JsBuffer {
  if (length > longest) throw new UnknownOperand('a very long buffer');
  return m.adopt(new JsBuffer(proto, new Array<Value>(length).fill(0)));
}

/** A typed array with a buffer of its own. */
export function newTyped(m: Machine, kind: ElementKind, length: number, proto: JsObject = prototypeOfKind(m, kind)): TypedArray {
  const size = elementSizes[kind];
  const buffer = newBuffer(m, length * size);
  const a = m.adopt(new JsView(proto, kind, buffer, 0, length * size)) as TypedArray;
  buffer.holder = a;
  buffer.grain = size;
  return a;
}

/** The prototype of typed arrays with elements of a kind. */
export function prototypeOfKind(m: Machine, kind: ElementKind): JsObject {
  return state(m).typedArrays.get(kind) ?? state(m).intrinsics.Object;
}

/** A canonical number as a key of a typed array: an element, or none (`-1`, `1.5`); undefined for another key. */
export function elementIndex(a: TypedArray, key: Key): number | null | undefined {
  if (typeof key !== 'string') return undefined;
  const n = Number(key);
  if (String(n) !== key && key !== '-0') return undefined;
  return Number.isInteger(n) && n >= 0 && key !== '-0' && n < lengthOf(a) ? n : null;
}

const scratch = new DataView(new ArrayBuffer(8));

/** The bytes of a number that was converted by `toElement`. */
function encode(kind: ElementKind, v: number | bigint, littleEndian: boolean): number[] {
  switch (kind) {
    case 'BigInt64':
    case 'BigUint64':
      scratch.setBigUint64(0, BigInt.asUintN(64, BigInt(v)), littleEndian);
      break;
    case 'Uint8Clamped':
      scratch.setUint8(0, new Uint8ClampedArray([Number(v)])[0] ?? 0);
      break;
    case 'Uint8':
    case 'Int8':
      scratch.setUint8(0, Number(v));
      break;
    default:
      scratch[`set${kind}`](0, Number(v), littleEndian);
  }
  return Array.from({ length: elementSizes[kind] }, (_, i) => scratch.getUint8(i));
}

function decode(kind: ElementKind, bytes: readonly number[], littleEndian: boolean): number | bigint {
  bytes.forEach((b, i) => scratch.setUint8(i, b));
  switch (kind) {
    case 'Uint8Clamped':
    case 'Uint8':
      return scratch.getUint8(0);
    case 'Int8':
      return scratch.getInt8(0);
    default:
      return scratch[`get${kind}`](0, littleEndian);
  }
}

/** Tells of an access to bytes, element by element of the object that made the buffer. */
export function logBytes(m: Machine, b: JsBuffer, from: number, count: number, access: 'read' | 'write', value: Value = undefined): void {
  if (!b.holder.shared || count === 0) return;
  const first = Math.floor(from / b.grain);
  const last = Math.floor((from + count - 1) / b.grain);
  for (let i = first; i <= last; i++) {
    const shown = first === last ? value : undefined;
    if (access === 'read') m.read(b.holder, i, shown);
    else m.write(b.holder, i, shown, null);
  }
}

/** The number in the bytes at an offset; something unknown when one of them is. */
export function readElement(m: Machine, b: JsBuffer, offset: number, kind: ElementKind, littleEndian = true): Value {
  const cells = b.cells.slice(offset, offset + elementSizes[kind]);
  const value = cells.every((c) => typeof c === 'number') ? decode(kind, cells, littleEndian) : unknownElement(m, cells, kind);
  logBytes(m, b, offset, cells.length, 'read', value);
  return value;
}

/** The same for texts of values, which read nothing: what is not known is a name. */
export function peek(b: JsBuffer, offset: number, kind: ElementKind): Value {
  const cells = b.cells.slice(offset, offset + elementSizes[kind]);
  if (cells.every((c) => typeof c === 'number')) return decode(kind, cells, true);
  return cells.find((c) => c instanceof UnknownByte)?.of;
}

function unknownElement(m: Machine, cells: readonly Value[], kind: ElementKind): Opaque {
  const first = cells[0];
  if (first instanceof UnknownByte && first.kind === kind) {
    if (cells.every((c, i) => c instanceof UnknownByte && c.of === first.of && c.kind === kind && c.at === i)) return first.of;
  }
  const name = first instanceof UnknownByte && cells.length === 1 ? `${first.of.name}[${String(first.at)}]` : nameOfBytes(cells);
  return made(m, `${name} as ${kind}`, `${kind}(${identityOfBytes(cells)})`);
}

/** Bytes in words: the unknown ones by what they are of. */
export function nameOfBytes(cells: readonly Value[]): string {
  const parts = cells.map((c) => (c instanceof UnknownByte ? c.of.name : String(c as number)));
  return parts.filter((p, i) => p !== parts[i - 1]).join(' ');
}

/** The same text for the same bytes. */
export function identityOfBytes(cells: readonly Value[]): string {
  return cells
    .map((c) => (c instanceof UnknownByte ? `${c.of.same ?? `#${String(c.of.id)}`}[${String(c.at)}]` : String(c as number)))
    .join(' ');
}

function made(m: Machine, name: string, same: string): Opaque {
  const o = newOpaque(m, name);
  o.definite = false;
  o.numeric = true;
  o.same = same;
  return o;
}

/** ToNumber or ToBigInt of what is to be an element: a number, a bigint, something unknown, or PUSHED. */
export function toElement(m: Machine, kind: ElementKind, v: Value): Value {
  if (v instanceof Opaque) return m.resolvedNumber(v) ?? v;
  if (!kind.startsWith('Big')) return toNumber(m, v);
  return chain(m, toPrimitive(m, v, 'number'), (n, p) => {
    if (typeof p === 'bigint' || p instanceof Opaque) return p;
    if (typeof p === 'boolean') return p ? 1n : 0n;
    if (typeof p === 'string') {
      try {
        return BigInt(p);
      } catch {
        throwError(n, 'SyntaxError', `Cannot convert ${p} to a BigInt`);
      }
    }
    throwError(n, 'TypeError', `Cannot convert ${p instanceof JsSymbol ? n.ops.show(p) : String(p)} to a BigInt`);
  });
}

/** Cells for a value that `toElement` gave. */
export function cellsOf(m: Machine, kind: ElementKind, v: Value, littleEndian = true): Value[] {
  if (!(v instanceof Opaque)) return encode(kind, v as number | bigint, littleEndian);
  const isElement = v.same?.startsWith(`${kind}(`) === true;
  const of = isElement ? v : made(m, `${v.name} as ${kind}`, `${kind}(${v.same ?? `#${String(v.id)}`})`);
  return Array.from({ length: elementSizes[kind] }, (_, i) => new UnknownByte(kind, of, littleEndian ? i : elementSizes[kind] - 1 - i));
}

/** Puts bytes into a buffer. */
export function writeCells(m: Machine, b: JsBuffer, offset: number, cells: readonly Value[], value: Value = undefined): void {
  if (cells.length === 0) return;
  if (b.holder.shared) {
    logBytes(m, b, offset, cells.length, 'write', value);
    for (const c of cells) if (c instanceof UnknownByte) m.escape(b.holder, c.of);
  }
  cells.forEach((c, i) => m.trail.arraySet(b.cells, offset + i, c));
}

export function readCells(m: Machine, b: JsBuffer, offset: number, count: number): Value[] {
  logBytes(m, b, offset, count, 'read');
  return b.cells.slice(offset, offset + count);
}

export function getTyped(m: Machine, a: TypedArray, i: number): Value {
  return readElement(m, a.buffer, a.byteOffset + i * elementSizes[a.kind], a.kind);
}

/** `a[i] = v`; no element there: only the conversion. */
export function setTyped(m: Machine, a: TypedArray, i: number | null, v: Value): Value {
  return chain(m, toElement(m, a.kind, v), (n, x) => {
    if (i !== null && i < lengthOf(a)) writeCells(n, a.buffer, a.byteOffset + i * elementSizes[a.kind], cellsOf(n, a.kind, x), x);
    return undefined;
  });
}

export function elementsOf(m: Machine, a: TypedArray): Value[] {
  return Array.from({ length: lengthOf(a) }, (_, i) => getTyped(m, a, i));
}

/** What is at an index that is not known. */
export function unknownElementOf(m: Machine, a: TypedArray, key: Opaque): Opaque {
  logBytes(m, a.buffer, a.byteOffset, a.byteLength, 'read');
  return newOpaque(m, `${m.ops.show(a)}[${key.name}]`);
}

/** Elements from one index up to another are changed to nobody knows what, each on its own. */
export function blur(m: Machine, a: TypedArray, change: string, from = 0, to = lengthOf(a)): void {
  const size = elementSizes[a.kind];
  for (let i = from; i < to; i++) {
    const o = newOpaque(m, `${change}[${String(i)}]`);
    writeCells(m, a.buffer, a.byteOffset + i * size, cellsOf(m, a.kind, o), o);
  }
}
