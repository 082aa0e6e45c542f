/** ArrayBuffer and DataView. */
import { UnknownOperand, Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, type Value } from '../../values.ts';
import {
  cellsOf,
  elementSizes,
  JsBuffer,
  JsView,
  newBuffer,
  readCells,
  readElement,
  toElement,
  writeCells,
  type ElementKind,
} from '../binary/store.ts';
import { prototypeFor } from '../calls.ts';
import { integerOf, isTruthy } from '../convert.ts';
import { chain, isObject, throwError } from '../objects.ts';
import { newOpaque } from '../opaque.ts';
import { describe } from '../properties.ts';
import { state } from '../state.ts';
import { computing, constructor, getter, known, methods, tag, type MethodTable } from './define.ts';

/** A whole number where one is wanted for an index; something unknown that was found to be one is it. */
export function integer(m: Machine, v: Value, missing = 0): number {
  return integerOf(m, v instanceof Opaque ? (m.resolvedNumber(v) ?? v) : v, missing);
}

export function between(m: Machine, v: Value, length: number, missing: number): number {
  const n = integer(m, v, missing);
  return n < 0 ? Math.max(length + n, 0) : Math.min(n, length);
}

type Name = 'ArrayBuffer' | 'SharedArrayBuffer';

function bufferOf(m: Machine, t: Value, name: Name, method: string): JsBuffer {
  if (t instanceof JsBuffer && t.className === name) return t;
  throwError(
    m,
    'TypeError',
    `Method ${name}.prototype.${method} called on incompatible receiver ${isObject(t) ? describe(m, t) : m.ops.show(t)}`,
  );
}

function viewOf(m: Machine, t: Value, name: string): JsView {
  if (t instanceof JsView && t.kind === null) return t;
  throwError(
    m,
    'TypeError',
    `Method DataView.prototype.${name} called on incompatible receiver ${isObject(t) ? describe(m, t) : m.ops.show(t)}`,
  );
}

export function installArrayBuffer(m: Machine): void {
  installBuffer(m, 'ArrayBuffer');
  installBuffer(m, 'SharedArrayBuffer');
  installDataView(m);
}

function installBuffer(m: Machine, name: Name): void {
  const proto = state(m).intrinsics[name];
  const f = constructor(m, name, 1, proto, (n, _t, [length, options], newTarget) => {
    if (newTarget === undefined) throwError(n, 'TypeError', `Constructor ${name} requires 'new'`);
    if (isObject(options) && options.properties.has('maxByteLength')) throw new Unsupported(`a ${name} that can be resized`);
    const size = integer(n, length);
    if (size < 0) throwError(n, 'RangeError', 'Invalid array buffer length');
    if (name === 'SharedArrayBuffer') n.assume('other threads do not change the memory that they are handed');
    const made = newBuffer(n, size, prototypeFor(n, newTarget, proto));
    made.className = name;
    return made;
  });
  getter(m, f, state(m).symbols.species, (_n, t) => t);
  getter(m, proto, 'byteLength', (n, t) => bufferOf(n, t, name, 'byteLength').cells.length);
  getter(m, proto, 'maxByteLength', (n, t) => bufferOf(n, t, name, 'maxByteLength').cells.length);
  getter(m, proto, name === 'ArrayBuffer' ? 'resizable' : 'growable', () => false);
  const resize = name === 'ArrayBuffer' ? 'resize' : 'grow';
  methods(m, proto, {
    slice: [
      2,
      (n, t, [from, to]) => {
        const b = bufferOf(n, t, name, 'slice');
        const start = between(n, from, b.cells.length, 0);
        const end = Math.max(start, between(n, to, b.cells.length, b.cells.length));
        const made = n.adopt(new JsBuffer(proto, readCells(n, b, start, end - start)));
        made.className = name;
        return made;
      },
    ],
    [resize]: [
      1,
      () => {
        throw new Unsupported(`${name}.prototype.${resize}`);
      },
    ],
  });
  f.computes = true;
  if (name === 'ArrayBuffer') {
    methods(m, f, { isView: [1, (_n, _t, [v]) => known(v) instanceof JsView] });
    computing(f, ['isView']);
  }
  computing(proto, ['slice']);
  tag(m, proto, name);
}

const accessors = ['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64', 'BigInt64', 'BigUint64'] as const;

function installDataView(m: Machine): void {
  const proto = state(m).intrinsics.DataView;
  const f = constructor(m, 'DataView', 1, proto, (n, _t, [buffer, at, length], newTarget) => {
    if (newTarget === undefined) throwError(n, 'TypeError', "Constructor DataView requires 'new'");
    if (!(known(buffer) instanceof JsBuffer)) throwError(n, 'TypeError', 'First argument to DataView constructor must be an ArrayBuffer');
    const b = buffer as JsBuffer;
    const offset = integer(n, at);
    if (offset < 0 || offset > b.cells.length)
      throwError(n, 'RangeError', `Start offset ${String(offset)} is outside the bounds of the buffer`);
    const size = integer(n, length, b.cells.length - offset);
    if (size < 0 || offset + size > b.cells.length) throwError(n, 'RangeError', `Invalid DataView length ${String(size)}`);
    return n.adopt(new JsView(prototypeFor(n, newTarget, proto), null, b, offset, size));
  });
  f.computes = true;
  getter(m, proto, 'buffer', (n, t) => viewOf(n, t, 'buffer').buffer);
  getter(m, proto, 'byteLength', (n, t) => viewOf(n, t, 'byteLength').byteLength);
  getter(m, proto, 'byteOffset', (n, t) => viewOf(n, t, 'byteOffset').byteOffset);
  const place = (n: Machine, view: JsView, kind: ElementKind, at: Value): number => {
    const i = integer(n, at);
    if (i < 0 || i + elementSizes[kind] > view.byteLength) throwError(n, 'RangeError', 'Offset is outside the bounds of the DataView');
    return view.byteOffset + i;
  };
  const table: MethodTable = {};
  for (const kind of accessors) {
    table[`get${kind}`] = [
      1,
      (n, t, [at, little]) => {
        const view = viewOf(n, t, `get${kind}`);
        return readElement(n, view.buffer, place(n, view, kind, at), kind, isTruthy(known(little)));
      },
    ];
    table[`set${kind}`] = [
      2,
      (n, t, [at, v, little]) => {
        const view = viewOf(n, t, `set${kind}`);
        return chain(n, toElement(n, kind, v), (k, x) => {
          let offset: number;
          try {
            offset = place(k, view, kind, at);
          } catch (e) {
            if (!(e instanceof UnknownOperand)) throw e;
            for (let i = 0; i < view.byteLength; i++)
              writeCells(
                k,
                view.buffer,
                view.byteOffset + i,
                cellsOf(k, 'Uint8', newOpaque(k, `set${kind}(${k.ops.show(at)})[${String(i)}]`)),
              );
            return undefined;
          }
          writeCells(k, view.buffer, offset, cellsOf(k, kind, x, isTruthy(known(little))), x);
          return undefined;
        });
      },
    ];
  }
  methods(m, proto, table);
  computing(
    proto,
    accessors.map((kind) => `get${kind}`),
  );
  tag(m, proto, 'DataView');
}
