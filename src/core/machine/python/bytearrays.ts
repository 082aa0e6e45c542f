/** bytearray and memoryview: every operation one step, as C code under the GIL. */
import { STOP, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { LENGTH, Opaque, PyBytes, PySlice, PyTuple, STRUCTURE, type Value } from '../values.ts';
import { contentOf, setContent, stopsBefore } from './bytes-like.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { drain } from './iteration.ts';
import { newList, sliceBounds, sliceItems } from './lists.ts';
import { asIndex } from './numbers.ts';
import { NativeAttribute, PyByteArray, PyMemoryView, type PyClass, PyObject } from './objects.ts';
import { utf8 } from './strings.ts';
import { bytearrayClass, bytesClass, memoryviewClass, typeName } from './types.ts';

export function newByteArray(m: Machine, content: Uint8Array, cls: PyClass = bytearrayClass): PyByteArray {
  const made = m.adopt(new PyByteArray(cls));
  made.content = content;
  return made;
}

/** Bytes from what `bytearray(…)`, `extend` and slice assignment take; STOP. */
function bytesFrom(m: Machine, v: Value): Uint8Array | typeof STOP {
  if (stopsBefore(m, v)) return STOP;
  const known = contentOf(m, v);
  if (known !== undefined) return known;
  const items = drain(m, v);
  if (items === STOP) return STOP;
  if (items === null) throw new Unsupported('a bytearray made of an iterator of the program');
  return Uint8Array.from((items as readonly Value[]).map((i) => byte(m, i)));
}

function byte(m: Machine, v: Value): number {
  const n = asIndex(v);
  if (n === undefined) {
    if (v instanceof Opaque) throw new Unsupported('an unknown value in a bytearray');
    return typeError(m, `'${typeName(v)}' object cannot be interpreted as an integer`);
  }
  return n < 0 || n > 255 ? raise(m, 'ValueError', 'byte must be in range(0, 256)') : n;
}

bytearrayClass.allocate = (m, cls, args, keywords) => {
  const v = args[0] ?? keywords?.get('source');
  if (v === undefined) return newByteArray(m, new Uint8Array(), cls);
  if (typeof v === 'string') {
    const encoding = args[1] ?? keywords?.get('encoding');
    if (encoding === undefined) return typeError(m, 'string argument without an encoding');
    const encoded = m.ops.callMethod(m, v, 'encode', [encoding], null, false, false);
    return newByteArray(m, encoded instanceof PyBytes ? encoded.value : utf8(v), cls);
  }
  if (v instanceof Opaque) throw new Unsupported('a bytearray of something unknown');
  if (typeof v === 'number') {
    if (v < 0) return raise(m, 'ValueError', 'negative count');
    if (v > 5e6) return raise(m, 'MemoryError');
    return newByteArray(m, new Uint8Array(v), cls);
  }
  const content = bytesFrom(m, v);
  return content instanceof Uint8Array ? newByteArray(m, content, cls) : STOP;
};

// ---- items of both ---------------------------------------------------------------------------------

const isWhole = (key: Value): boolean => asIndex(key) !== undefined;

/** `b[key]` of a bytearray or a memoryview. */
export function byteGet(m: Machine, o: PyByteArray | PyMemoryView, key: Value): Value {
  if (!isWhole(key) && !(key instanceof PySlice))
    return typeError(
      m,
      o instanceof PyByteArray ? `bytearray indices must be integers or slices, not ${typeName(key)}` : 'memoryview: invalid slice key',
    );
  if (stopsBefore(m, o)) return STOP;
  const content = contentOf(m, o) ?? new Uint8Array();
  const i = asIndex(key);
  if (i !== undefined) {
    const at = i < 0 ? i + content.length : i;
    if (at < 0 || at >= content.length)
      return raise(m, 'IndexError', o instanceof PyByteArray ? 'bytearray index out of range' : 'index out of bounds on dimension 1');
    return content[at];
  }
  const b = sliceBounds(m, key as PySlice, content.length);
  if (o instanceof PyByteArray) return newByteArray(m, Uint8Array.from(sliceItems([...content], b)));
  if (b.step !== 1) throw new Unsupported('a memoryview with a step');
  return view(m, o.source, o.start + b.start, b.length, o.isReadOnly);
}

export function byteSet(m: Machine, o: PyByteArray | PyMemoryView, key: Value, v: Value): Value {
  if (o instanceof PyMemoryView && o.isReadOnly) return typeError(m, 'cannot modify read-only memory');
  const target = o instanceof PyByteArray ? o : (o.source as PyByteArray);
  const offset = o instanceof PyByteArray ? 0 : o.start;
  const n = o instanceof PyByteArray ? o.content.length : o.length;
  if (key instanceof PySlice) {
    const given =
      typeof v === 'number' ? typeError(m, 'can assign only bytes, buffers, or iterables of ints in range(0, 256)') : bytesFrom(m, v);
    if (!(given instanceof Uint8Array) || m.stopBefore(target)) return STOP;
    contentOf(m, o);
    const b = sliceBounds(m, key, n);
    if (b.step !== 1) throw new Unsupported('assigning to a slice of a bytearray with a step');
    if (o instanceof PyMemoryView && given.length !== b.length)
      return raise(m, 'ValueError', 'memoryview assignment: lvalue and rvalue have different structures');
    const from = offset + b.start;
    setContent(m, target, Uint8Array.from([...target.content.slice(0, from), ...given, ...target.content.slice(from + b.length)]));
    return undefined;
  }
  const i = asIndex(key);
  if (i === undefined)
    return typeError(
      m,
      o instanceof PyByteArray ? `bytearray indices must be integers or slices, not ${typeName(key)}` : 'memoryview: invalid slice key',
    );
  if (m.stopBefore(target)) return STOP;
  contentOf(m, o);
  const at = i < 0 ? i + n : i;
  if (at < 0 || at >= n)
    return raise(m, 'IndexError', o instanceof PyByteArray ? 'bytearray index out of range' : 'index out of bounds on dimension 1');
  if (o instanceof PyMemoryView && asIndex(v) !== undefined && ((v as number) < 0 || (v as number) > 255))
    return raise(m, 'ValueError', "memoryview: invalid value for format 'B'");
  const content = target.content.slice();
  content[offset + at] = byte(m, v);
  setContent(m, target, content);
  return undefined;
}

export function byteDelete(m: Machine, o: PyByteArray | PyMemoryView, key: Value): Value {
  if (!(o instanceof PyByteArray)) return typeError(m, 'cannot delete memory');
  if (m.stopBefore(o)) return STOP;
  const content = contentOf(m, o) ?? new Uint8Array();
  const i = asIndex(key);
  if (i !== undefined) {
    const at = i < 0 ? i + content.length : i;
    if (at < 0 || at >= content.length) return raise(m, 'IndexError', 'bytearray index out of range');
    setContent(
      m,
      o,
      content.filter((_, k) => k !== at),
    );
    return undefined;
  }
  if (!(key instanceof PySlice)) return typeError(m, `bytearray indices must be integers or slices, not ${typeName(key)}`);
  const gone = new Set(
    sliceItems(
      Array.from(content, (_, k) => k),
      sliceBounds(m, key, content.length),
    ),
  );
  setContent(
    m,
    o,
    content.filter((_, k) => !gone.has(k)),
  );
  return undefined;
}

/** `b += other`, and what `extend` does. */
export function byteExtend(m: Machine, b: PyByteArray, v: Value): Value {
  const more = bytesFrom(m, v);
  if (!(more instanceof Uint8Array) || m.stopBefore(b)) return STOP;
  contentOf(m, b);
  setContent(m, b, Uint8Array.from([...b.content, ...more]));
  return null;
}

// ---- methods of bytearray ----------------------------------------------------------------------------

function change(name: string, fn: (m: Machine, b: PyByteArray, args: readonly Value[]) => Value): void {
  method(bytearrayClass, name, (m, args) => {
    const b = args[0];
    if (!(b instanceof PyByteArray))
      return typeError(m, `descriptor '${name}' for 'bytearray' objects doesn't apply to a '${typeName(b)}' object`);
    if (m.stopBefore(b)) return STOP;
    contentOf(m, b);
    return fn(m, b, args.slice(1));
  });
}
change('append', (m, b, [v]) => {
  setContent(m, b, Uint8Array.from([...b.content, byte(m, v)]));
  return null;
});
change('extend', (m, b, [v]) => byteExtend(m, b, v));
change('insert', (m, b, [at, v]) => {
  const i = asIndex(at) ?? 0;
  const place = Math.max(0, Math.min(b.content.length, i < 0 ? i + b.content.length : i));
  setContent(m, b, Uint8Array.from([...b.content.slice(0, place), byte(m, v), ...b.content.slice(place)]));
  return null;
});
change('pop', (m, b, [at]) => {
  if (b.content.length === 0) return raise(m, 'IndexError', 'pop from empty bytearray');
  const i = at === undefined ? -1 : (asIndex(at) ?? -1);
  const place = i < 0 ? i + b.content.length : i;
  const v = b.content[place];
  if (v === undefined) return raise(m, 'IndexError', 'pop index out of range');
  setContent(
    m,
    b,
    b.content.filter((_, k) => k !== place),
  );
  return v;
});
change('remove', (m, b, [v]) => {
  const at = b.content.indexOf(byte(m, v));
  if (at < 0) return raise(m, 'ValueError', 'value not found in bytearray');
  setContent(
    m,
    b,
    b.content.filter((_, k) => k !== at),
  );
  return null;
});
change('reverse', (m, b) => {
  setContent(m, b, b.content.slice().reverse());
  return null;
});
change('clear', (m, b) => {
  setContent(m, b, new Uint8Array());
  return null;
});
change('copy', (m, b) => newByteArray(m, b.content));

// ---- memoryview --------------------------------------------------------------------------------------

function view(m: Machine, source: PyByteArray | PyBytes, start: number, length: number, isReadOnly: boolean): PyMemoryView {
  const made = m.adopt(new PyMemoryView(memoryviewClass, source, start, length));
  made.isReadOnly = isReadOnly;
  if (source instanceof PyByteArray) {
    m.trail.set(source, 'views', source.views + 1);
    made.shared = source.shared;
  }
  return made;
}

memoryviewClass.allocate = (m, _cls, args, keywords) => {
  const v = args[0] ?? keywords?.get('object');
  if (v instanceof PyMemoryView) return view(m, v.source, v.start, v.length, v.isReadOnly);
  const source = v instanceof PyObject && v.payload instanceof PyBytes ? v.payload : v;
  if (source instanceof PyBytes) return view(m, source, 0, source.value.length, true);
  if (!(source instanceof PyByteArray)) {
    if (source instanceof Opaque) throw new Unsupported('a memoryview of something unknown');
    return typeError(m, `memoryview: a bytes-like object is required, not '${typeName(v)}'`);
  }
  if (m.stopBefore(source)) return STOP;
  m.read(source, LENGTH, source.content.length);
  return view(m, source, 0, source.content.length, false);
};

function viewMethod(name: string, fn: (m: Machine, v: PyMemoryView, args: readonly Value[]) => Value): void {
  method(memoryviewClass, name, (m, args) => {
    const v = args[0];
    if (!(v instanceof PyMemoryView)) return typeError(m, `descriptor '${name}' for 'memoryview' objects doesn't apply to it`);
    return stopsBefore(m, v) ? STOP : fn(m, v, args.slice(1));
  });
}
const release = (m: Machine, v: PyMemoryView): Value => {
  if (v.isReleased) return null;
  m.trail.set(v, 'isReleased', true);
  if (v.source instanceof PyByteArray) {
    m.write(v.source, STRUCTURE, undefined, undefined);
    m.trail.set(v.source, 'views', v.source.views - 1);
  }
  return null;
};
viewMethod('tobytes', (m, v) => new PyBytes(contentOf(m, v) ?? new Uint8Array()));
viewMethod('tolist', (m, v) => newList(m, [...(contentOf(m, v) ?? [])]));
viewMethod('release', release);
viewMethod('__enter__', (m, v) => {
  contentOf(m, v);
  return v;
});
viewMethod('__exit__', release);
viewMethod('toreadonly', (m, v) => view(m, v.source, v.start, v.length, true));
viewMethod('cast', (m, v, [format]) => {
  if (format !== 'B') throw new Unsupported('memoryview.cast to another format');
  return view(m, v.source, v.start, v.length, v.isReadOnly);
});
const attributes: Readonly<Record<string, (v: PyMemoryView) => Value>> = {
  nbytes: (v) => v.length,
  readonly: (v) => v.isReadOnly,
  itemsize: () => 1,
  ndim: () => 1,
  format: () => 'B',
  contiguous: () => true,
  c_contiguous: () => true,
  shape: (v) => new PyTuple([v.length]),
  strides: () => new PyTuple([1]),
  obj: (v) => v.source,
};
for (const [name, get] of Object.entries(attributes))
  memoryviewClass.dict.set(name, new NativeAttribute((m, v) => (v instanceof PyMemoryView ? get(v) : typeError(m, 'memoryview expected'))));
void bytesClass;
