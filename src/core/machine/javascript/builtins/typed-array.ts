/** Typed arrays: what needs none of the program's code. Methods with callbacks are in the prelude. */
import { UnknownOperand } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, type Value } from '../../values.ts';
import {
  blur,
  cellsOf,
  elementSizes,
  elementsOf,
  getTyped,
  isTyped,
  JsBuffer,
  JsView,
  lengthOf,
  newTyped,
  readCells,
  setTyped,
  toElement,
  writeCells,
  type ElementKind,
  type TypedArray,
} from '../binary/store.ts';
import { prototypeFor } from '../calls.ts';
import { toText } from '../convert.ts';
import { nativeItems, prelude } from '../iteration.ts';
import { chain, forCount, isObject, newNative, put, throwError } from '../objects.ts';
import { state } from '../state.ts';
import { Flag, type JsArray, JsIterator, JsObject } from '../values.ts';
import { between, integer } from './array-buffer.ts';
import { sameValueZero } from './array.ts';
import { computing, constructor, getter, known, methods, symbolMethod } from './define.ts';

export function self(m: Machine, t: Value): TypedArray {
  if (isTyped(t)) return t;
  throwError(m, 'TypeError', 'this is not a typed array.');
}

/** A new typed array with the same elements, of the kind and the class of another. */
export function alike(m: Machine, a: TypedArray, cells: readonly Value[]): TypedArray {
  const made = newTyped(m, a.kind, cells.length / elementSizes[a.kind], a.proto ?? undefined);
  cells.forEach((c, i) => (made.buffer.cells[i] = c));
  return made;
}

/** Sets the elements of an array from an index on, each after its conversion. */
function assign(m: Machine, a: TypedArray, values: readonly Value[], from: number): Value {
  return forCount(
    m,
    values.length,
    (n, i) => setTyped(n, a, from + i, values[i]),
    () => undefined,
  );
}

function build(m: Machine, kind: ElementKind, proto: JsObject, args: readonly Value[]): Value {
  const [given, at, length] = args;
  const name = `${kind}Array`;
  const size = elementSizes[kind];
  const source = given instanceof Opaque ? known(m.resolvedNumber(given) ?? given) : given;
  if (source instanceof JsBuffer) {
    const offset = integer(m, at);
    if (offset < 0 || offset % size !== 0) throwError(m, 'RangeError', `start offset of ${name} should be a multiple of ${String(size)}`);
    if (length === undefined && source.cells.length % size !== 0)
      throwError(m, 'RangeError', `byte length of ${name} should be a multiple of ${String(size)}`);
    if (offset > source.cells.length) throwError(m, 'RangeError', `Start offset ${String(offset)} is outside the bounds of the buffer`);
    const count = length === undefined ? (source.cells.length - offset) / size : integer(m, length);
    if (count < 0 || offset + count * size > source.cells.length)
      throwError(m, 'RangeError', `Invalid typed array length: ${String(count)}`);
    return m.adopt(new JsView(proto, kind, source, offset, count * size));
  }
  if (!isObject(source)) {
    const count = integer(m, source);
    if (count < 0 || count > Number.MAX_SAFE_INTEGER)
      throwError(m, 'RangeError', `Invalid typed array length: ${String(source as number)}`);
    return newTyped(m, kind, count, proto);
  }
  const fill = (n: Machine, values: readonly Value[]): Value => {
    const made = newTyped(n, kind, values.length, proto);
    return chain(n, assign(n, made, values, 0), () => made);
  };
  if (isTyped(source)) {
    if (source.kind.startsWith('Big') !== kind.startsWith('Big'))
      throwError(m, 'TypeError', 'Cannot mix BigInt and other types, use explicit conversions');
    return fill(m, elementsOf(m, source));
  }
  const items = nativeItems(m, source);
  if (items) return fill(m, items);
  return chain(m, prelude(m, 'elementsOfSource', [source]), (n, all) => fill(n, (all as JsArray).items.slice()));
}

export function installTypedArrays(m: Machine): void {
  const s = state(m);
  const proto = s.intrinsics.TypedArray;
  const parent = newNative(
    m,
    'TypedArray',
    0,
    (n) => throwError(n, 'TypeError', 'Abstract class TypedArray not directly constructable'),
    true,
  );
  put(parent, 'prototype', proto, 0);
  put(proto, 'constructor', parent, Flag.Hidden);
  proto.prototypeOf = parent;
  getter(m, parent, s.symbols.species, (_n, t) => t);
  getter(m, proto, s.symbols.toStringTag, (_n, t) => (isTyped(t) ? t.className : undefined));
  getter(m, proto, 'length', (n, t) => lengthOf(self(n, t)));
  getter(m, proto, 'byteLength', (n, t) => self(n, t).byteLength);
  getter(m, proto, 'byteOffset', (n, t) => self(n, t).byteOffset);
  getter(m, proto, 'buffer', (n, t) => self(n, t).buffer);
  for (const kind of Object.keys(elementSizes) as ElementKind[]) {
    const own = m.adopt(new JsObject(proto));
    s.typedArrays.set(kind, own);
    const f = constructor(m, `${kind}Array`, 3, own, (n, _t, args, newTarget) => {
      if (newTarget === undefined) throwError(n, 'TypeError', `Constructor ${kind}Array requires 'new'`);
      return build(n, kind, prototypeFor(n, newTarget, own), args);
    });
    f.proto = parent;
    f.computes = true;
    put(f, 'BYTES_PER_ELEMENT', elementSizes[kind], 0);
    put(own, 'BYTES_PER_ELEMENT', elementSizes[kind], 0);
  }
  installMethods(m, proto);
  s.prelude.set('TypedArray', parent);
}

/** The elements from one index up to another, as a part of the same buffer. */
export function subarray(m: Machine, a: TypedArray, from: Value, to: Value): TypedArray {
  const length = lengthOf(a);
  const start = between(m, from, length, 0);
  const end = Math.max(start, between(m, to, length, length));
  const size = elementSizes[a.kind];
  return m.adopt(new JsView(a.proto, a.kind, a.buffer, a.byteOffset + start * size, (end - start) * size)) as TypedArray;
}

/** Runs a change of an array; where something unknown says which elements it is of, it may be any. */
function changing(m: Machine, a: TypedArray, change: string, args: readonly Value[], run: () => Value): Value {
  try {
    return run();
  } catch (e) {
    if (!(e instanceof UnknownOperand)) throw e;
    blur(m, a, `${change}(${args.map((x) => m.ops.show(x)).join(', ')})`);
    return undefined;
  }
}

function installMethods(m: Machine, proto: JsObject): void {
  const s = state(m);
  const iterator = (n: Machine, t: Value, kind: 'keys' | 'values' | 'entries'): Value =>
    n.adopt(new JsIterator(s.intrinsics.ArrayIterator, self(n, t), kind, 'Array Iterator'));
  const search =
    (find: (items: readonly Value[], sought: Value, from: number) => Value, name: string) =>
    (n: Machine, t: Value, args: readonly Value[]): Value => {
      const a = self(n, t);
      const items = elementsOf(n, a);
      if (args[0] instanceof Opaque || items.some((v) => v instanceof Opaque)) throw new UnknownOperand(`${name} of unknown elements`);
      return find(items, args[0], between(n, args[1], items.length, 0));
    };
  methods(m, proto, {
    at: [
      1,
      (n, t, [at]) => {
        const a = self(n, t);
        const i = integer(n, at);
        const k = i < 0 ? lengthOf(a) + i : i;
        return k >= 0 && k < lengthOf(a) ? getTyped(n, a, k) : undefined;
      },
    ],
    set: [
      1,
      (n, t, [source, at]) => {
        const a = self(n, t);
        return changing(n, a, 'set', [source, at], () => {
          const from = integer(n, at);
          if (from < 0) throwError(n, 'RangeError', 'offset is out of bounds');
          const put = (k: Machine, values: readonly Value[]): Value => {
            if (from + values.length > lengthOf(a)) throwError(k, 'RangeError', 'offset is out of bounds');
            return assign(k, a, values, from);
          };
          if (source instanceof Opaque) {
            blur(n, a, `set(${source.name})`, from);
            return undefined;
          }
          if (isTyped(source)) return put(n, elementsOf(n, source));
          if (!isObject(source)) return put(n, typeof source === 'string' ? [...source] : []);
          return chain(n, prelude(n, 'fromArrayLike', [source]), (k, all) => put(k, (all as JsArray).items.slice()));
        });
      },
    ],
    subarray: [2, (n, t, [from, to]) => subarray(n, self(n, t), from, to)],
    slice: [
      2,
      (n, t, [from, to]) => {
        const part = subarray(n, self(n, t), from, to);
        return alike(n, part, readCells(n, part.buffer, part.byteOffset, part.byteLength));
      },
    ],
    fill: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        return chain(n, toElement(n, a.kind, args[0]), (k, v) => {
          changing(k, a, 'fill', args, () => {
            const part = subarray(k, a, args[1], args[2]);
            const one = cellsOf(k, a.kind, v);
            writeCells(k, a.buffer, part.byteOffset, Array.from({ length: lengthOf(part) }, () => one).flat());
            return undefined;
          });
          return a;
        });
      },
    ],
    copyWithin: [
      2,
      (n, t, args) => {
        const a = self(n, t);
        const length = lengthOf(a);
        changing(n, a, 'copyWithin', args, () => {
          const to = between(n, args[0], length, 0);
          const from = between(n, args[1], length, 0);
          const end = between(n, args[2], length, length);
          const size = elementSizes[a.kind];
          const count = Math.min(end - from, length - to);
          if (count > 0)
            writeCells(n, a.buffer, a.byteOffset + to * size, readCells(n, a.buffer, a.byteOffset + from * size, count * size));
          return undefined;
        });
        return a;
      },
    ],
    reverse: [
      0,
      (n, t) => {
        const a = self(n, t);
        return chain(n, assign(n, a, elementsOf(n, a).reverse(), 0), () => a);
      },
    ],
    toReversed: [
      0,
      (n, t) => {
        const a = self(n, t);
        const made = newTyped(n, a.kind, lengthOf(a));
        return chain(n, assign(n, made, elementsOf(n, a).reverse(), 0), () => made);
      },
    ],
    with: [
      2,
      (n, t, [at, v]) => {
        const a = self(n, t);
        const i = integer(n, at);
        const k = i < 0 ? lengthOf(a) + i : i;
        return chain(n, toElement(n, a.kind, v), (h, x) => {
          if (k < 0 || k >= lengthOf(a)) throwError(h, 'RangeError', 'Invalid typed array index');
          const made = newTyped(h, a.kind, lengthOf(a));
          const values = elementsOf(h, a);
          values[k] = x;
          return chain(h, assign(h, made, values, 0), () => made);
        });
      },
    ],
    indexOf: [1, search((items, v, from) => items.indexOf(v, from), 'indexOf')],
    includes: [1, search((items, v, from) => items.slice(from).some((x) => sameValueZero(x, v)), 'includes')],
    lastIndexOf: [
      1,
      (n, t, args) => {
        const items = elementsOf(n, self(n, t));
        if (args[0] instanceof Opaque || items.some((v) => v instanceof Opaque))
          throw new UnknownOperand('lastIndexOf of unknown elements');
        return args.length > 1 ? items.lastIndexOf(args[0], integer(n, args[1])) : items.lastIndexOf(args[0]);
      },
    ],
    join: [
      1,
      (n, t, [separator]) => {
        const a = self(n, t);
        const text = elementsOf(n, a).map((v) => n.ops.show(v).replace(/n$/, a.kind.startsWith('Big') ? '' : 'n'));
        return chain(n, separator === undefined ? ',' : toText(n, separator), (_, by) =>
          text.map((x) => (x === '-0' ? '0' : x)).join(by as string),
        );
      },
    ],
    keys: [0, (n, t) => iterator(n, t, 'keys')],
    entries: [0, (n, t) => iterator(n, t, 'entries')],
    values: [0, (n, t) => iterator(n, t, 'values')],
  });
  computing(proto, ['at', 'subarray', 'slice', 'with', 'indexOf', 'includes', 'lastIndexOf']);
  put(proto, 'toString', s.intrinsics.Array.properties.get('toString')?.value, Flag.Hidden);
  symbolMethod(m, proto, s.symbols.iterator, 'values', () => undefined);
  const own = proto.properties.get(s.symbols.iterator);
  if (own) own.value = proto.properties.get('values')?.value;
}
