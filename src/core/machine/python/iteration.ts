/**
 * Iteration: native iterators of the built-in containers, the protocol of user classes, and draining
 * a whole iterable in one step when no user code is involved.
 */
import { PUSHED, STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { rowInOrder } from './database.ts';
import { Closure, DONE, Generator, HeapObject, KEYS, LENGTH, Opaque, PyBytes, PyRange, PyTuple, STRUCTURE, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { matchesName, raise, typeError } from './errors.ts';
import { resumeGenerator } from './generators.ts';
import { readAll } from './keys.ts';
import { readList } from './lists.ts';
import { contentOf, stopsBefore } from './bytes-like.ts';
import {
  DictView,
  PyByteArray,
  PyClass,
  PyDeque,
  PyDict,
  PyIterator,
  PyList,
  PyMemoryView,
  PyObject,
  PySet,
  type Entry,
} from './objects.ts';
import { opaquePart } from './opaque.ts';
import { callPrelude } from './runtime.ts';
import { entriesOf, setOrder } from './text.ts';
import { lookup, typeName, userMethod } from './types.ts';
import { rangeLength } from './truth.ts';

function make(
  m: Machine,
  type: string,
  source: Value,
  advance: PyIterator['advance'],
  options: ConstructorParameters<typeof PyIterator>[3] = {},
): PyIterator {
  return m.adopt(new PyIterator(type, source, advance, options));
}

/** iter(v): an iterator, PUSHED or STOP. */
export function iterate(m: Machine, v: Value): Value {
  if (v instanceof PyIterator || (v instanceof Generator && v.type === 'generator')) return v;
  if (v instanceof PyObject) {
    const user = userMethod(v, '__iter__');
    if (user !== undefined) {
      if (user === null) return typeError(m, `'${typeName(v)}' object is not iterable`);
      return callFunction(m, user, [v], null);
    }
    if (v instanceof PyList) return make(m, 'list_iterator', v, nextOfList);
    if (v instanceof PyDict || v instanceof PySet || v instanceof PyDeque) {
      // Its present size goes into the iterator.
      if (m.stopBefore(v)) return STOP;
      if (v instanceof PyDeque) {
        m.read(v, STRUCTURE, undefined);
        m.read(v, LENGTH, v.items.length);
      } else m.read(v, KEYS, v.table.count);
    }
    if (v instanceof PyDict) return make(m, 'dict_keyiterator', v, nextOfDict, { extra: 'dict_keys', size: v.table.count });
    if (v instanceof PySet) return make(m, 'set_iterator', v, nextOfSet, { size: v.table.count });
    if (v instanceof PyDeque) return make(m, '_collections._deque_iterator', v, nextOfDeque, { size: v.version });
    if (v instanceof PyByteArray || v instanceof PyMemoryView)
      return make(m, v instanceof PyByteArray ? 'bytearray_iterator' : 'memory_iterator', v, nextOfBytes);
    if (v.payload !== undefined) return iterate(m, v.payload);
    if (lookup(v.cls, '__getitem__') !== undefined) return callPrelude(m, '__rr_getitem_iterator', [v]);
    return typeError(m, `'${typeName(v)}' object is not iterable`);
  }
  if (v instanceof PyTuple) return make(m, 'tuple_iterator', v, nextOfTuple);
  if (typeof v === 'string') return make(m, 'str_iterator', v, nextOfArray, { extra: Array.from(v) });
  if (v instanceof PyRange) return make(m, 'range_iterator', v, nextOfRange);
  if (v instanceof DictView) {
    if (m.stopBefore(v.dict)) return STOP;
    m.read(v.dict, KEYS, v.dict.table.count);
    return make(m, v.type.replace(/s$/, 'iterator').replace('dict_key', 'dict_key'), v.dict, nextOfDict, {
      extra: v.type,
      size: v.dict.table.count,
    });
  }
  if (v instanceof PyBytes) return make(m, 'bytes_iterator', v, nextOfArray, { extra: [...v.value] });
  if (v instanceof Opaque) return make(m, 'opaque_iterator', v, nextOfOpaque, { pure: false });
  if (v instanceof PyClass && !v.meta.builtin) {
    const method = lookup(v.meta, '__iter__');
    if (method !== undefined) return callFunction(m, method, [v], null);
  }
  if (v instanceof HeapObject && v.type === 'opaque') return v;
  return typeError(m, `'${typeName(v)}' object is not iterable`);
}

function nextOfList(m: Machine, it: PyIterator): Value {
  const l = it.source as PyList;
  if (it.done) return DONE;
  if (m.stopBefore(l)) return STOP;
  const i = it.position;
  m.read(l, STRUCTURE, undefined);
  m.read(l, LENGTH, l.items.length);
  if (i >= l.items.length) {
    m.trail.set(it, 'done', true);
    return DONE;
  }
  m.read(l, i, l.items[i]);
  m.trail.set(it, 'position', i + 1);
  return l.items[i];
}

function nextOfTuple(m: Machine, it: PyIterator): Value {
  const items = (it.source as PyTuple).items;
  if (it.position >= items.length) return DONE;
  m.trail.set(it, 'position', it.position + 1);
  return items[it.position - 1];
}

function nextOfArray(m: Machine, it: PyIterator): Value {
  const items = it.extra as Value[];
  if (it.position >= items.length) return DONE;
  m.trail.set(it, 'position', it.position + 1);
  return items[it.position - 1];
}

function nextOfRange(m: Machine, it: PyIterator): Value {
  const r = it.source as PyRange;
  if (it.position >= rangeLength(r)) return DONE;
  m.trail.set(it, 'position', it.position + 1);
  return r.start + (it.position - 1) * r.step;
}

function nextOfDict(m: Machine, it: PyIterator): Value {
  const d = it.source as PyDict;
  if (it.done) return DONE;
  if (m.stopBefore(d)) return STOP;
  m.read(d, KEYS, d.table.count);
  if (d.table.count !== it.size) {
    m.trail.set(it, 'done', true);
    return raise(m, 'RuntimeError', 'dictionary changed size during iteration');
  }
  const entries = d.table.entries;
  let i = it.position;
  while (i < entries.length && entries[i] === null) i++;
  if (i >= entries.length) {
    m.trail.set(it, 'done', true);
    return DONE;
  }
  const e = entries[i] as Entry;
  m.trail.set(it, 'position', i + 1);
  if (it.extra !== 'dict_keys') m.read(d, e.canon, e.value);
  return it.extra === 'dict_keys' ? e.key : it.extra === 'dict_values' ? e.value : new PyTuple([e.key, e.value]);
}

function nextOfSet(m: Machine, it: PyIterator): Value {
  const s = it.source as PySet;
  if (it.done) return DONE;
  if (m.stopBefore(s)) return STOP;
  m.read(s, KEYS, s.table.count);
  if (s.table.count !== it.size) {
    m.trail.set(it, 'done', true);
    return raise(m, 'RuntimeError', 'Set changed size during iteration');
  }
  const items = setOrder(s);
  if (it.position >= items.length) {
    m.trail.set(it, 'done', true);
    return DONE;
  }
  m.trail.set(it, 'position', it.position + 1);
  return items[it.position - 1];
}

function nextOfBytes(m: Machine, it: PyIterator): Value {
  if (it.done) return DONE;
  if (stopsBefore(m, it.source)) return STOP;
  const content = contentOf(m, it.source) ?? new Uint8Array();
  if (it.position >= content.length) {
    m.trail.set(it, 'done', true);
    return DONE;
  }
  m.trail.set(it, 'position', it.position + 1);
  return content[it.position - 1];
}

function nextOfDeque(m: Machine, it: PyIterator): Value {
  const d = it.source as PyDeque;
  if (it.done) return DONE;
  if (m.stopBefore(d)) return STOP;
  m.read(d, STRUCTURE, undefined);
  m.read(d, LENGTH, d.items.length);
  if (d.version !== it.size) {
    m.trail.set(it, 'done', true);
    return raise(m, 'RuntimeError', 'deque mutated during iteration');
  }
  if (it.position >= d.items.length) {
    m.trail.set(it, 'done', true);
    return DONE;
  }
  m.read(d, it.position, d.items[it.position]);
  m.trail.set(it, 'position', it.position + 1);
  return d.items[it.position - 1];
}

/** An unknown iterable has no items, or one, or two: a choice made once per iteration. */
function nextOfOpaque(m: Machine, it: PyIterator): Value {
  const o = it.source as Opaque;
  if (it.position >= 2) return DONE;
  const answer = m.chooseOnce(`iterate ${o.same ?? `#${o.id}`} ${it.position}`, `${o.name} has item ${it.position}`, ['true', 'false']);
  if (answer < 0) return STOP;
  if (answer === 1) return DONE;
  m.trail.set(it, 'position', it.position + 1);
  return opaquePart(m, o, `[${it.position - 1}]`, `${o.name}[${it.position - 1}]`);
}

/** The next value: DONE at the end, PUSHED (a frame gives it), or STOP. */
export function next(m: Machine, it: Value, sent: Value): Value {
  if (it instanceof PyIterator) return it.advance(m, it);
  if (it instanceof Generator) return resumeGenerator(m, it, sent === undefined ? null : sent, 'iterate');
  if (it instanceof PyObject) {
    if (sent !== null && sent !== undefined) {
      const send = lookup(it.cls, 'send');
      if (send !== undefined) return callFunction(m, send, [it, sent], null);
    }
    const method = lookup(it.cls, '__next__');
    if (method === undefined) return typeError(m, `iter() returned non-iterator of type '${typeName(it)}'`);
    if (!(method instanceof Closure)) {
      try {
        return callFunction(m, method, [it], null);
      } catch (e) {
        const value = (e as { value?: Value }).value;
        if (value !== undefined && matchesName(value, 'StopIteration')) return DONE;
        throw e;
      }
    }
    return callFunction(m, method, [it], null);
  }
  if (it instanceof Opaque) return opaquePart(m, it, 'next', `next(${it.name})`);
  return typeError(m, `'${typeName(it)}' object is not an iterator`);
}

/** Can all of it be taken without running the program's code? */
export function isNativeIterable(v: Value): boolean {
  if (v instanceof PyIterator) return v.pure;
  if (v instanceof PyObject) {
    if (userMethod(v, '__iter__') !== undefined) return false;
    return (
      v instanceof PyList ||
      v instanceof PyDict ||
      v instanceof PySet ||
      v instanceof PyDeque ||
      v instanceof PyByteArray ||
      v instanceof PyMemoryView ||
      (v.payload !== undefined && isNativeIterable(v.payload))
    );
  }
  return v instanceof PyTuple || typeof v === 'string' || v instanceof PyRange || v instanceof DictView || v instanceof PyBytes;
}

/** All items in one step; null when user code is needed; STOP. TypeError when not iterable. */
export function drain(m: Machine, v: Value): readonly Value[] | null | typeof STOP {
  if (v instanceof PyTuple) return v.items;
  if (typeof v === 'string') return Array.from(v);
  if (!isNativeIterable(v)) {
    if (v instanceof PyObject || v instanceof Generator || v instanceof PyIterator || v instanceof Opaque || v instanceof PyClass)
      return null;
    return typeError(m, `'${typeName(v)}' object is not iterable`);
  }
  if (v instanceof PyObject && v.payload !== undefined && !(v instanceof PyList)) return drain(m, v.payload);
  if (v instanceof PyByteArray || v instanceof PyMemoryView) return stopsBefore(m, v) ? STOP : [...(contentOf(m, v) ?? [])];
  const o = v instanceof DictView ? v.dict : v;
  if (o instanceof HeapObject && o.shared) {
    if (m.stopBefore(o)) return STOP;
  }
  if (v instanceof PyList) {
    readList(m, v);
    return v.items;
  }
  if (v instanceof PyDeque) {
    readList(m, v);
    return v.items;
  }
  if (v instanceof PyDict) {
    m.read(v, KEYS, v.table.count);
    return entriesOf(v).map((e) => e.key);
  }
  if (v instanceof PySet) {
    m.read(v, KEYS, v.table.count);
    return setOrder(v);
  }
  if (v instanceof DictView) {
    if (v.type === 'dict_keys') m.read(v.dict, KEYS, v.dict.table.count);
    else readAll(m, v.dict);
    return entriesOf(v.dict).map((e) =>
      v.type === 'dict_keys' ? e.key : v.type === 'dict_values' ? e.value : new PyTuple([e.key, e.value]),
    );
  }
  if (v instanceof PyRange) {
    const n = rangeLength(v);
    if (n > 2000000) return raise(m, 'MemoryError');
    return Array.from({ length: n }, (_, i) => v.start + i * v.step);
  }
  if (v instanceof PyBytes) return [...v.value];
  if (v instanceof PyIterator) {
    const source = innermost(v);
    for (const s of source) if (s.shared && m.stopBefore(s)) return STOP;
    const out: Value[] = [];
    for (let n = 0; n < 2000000; n++) {
      const x = v.advance(m, v);
      if (x === DONE) return out;
      if (x === STOP || x === PUSHED) return x === STOP ? STOP : null;
      out.push(x);
    }
    return raise(m, 'MemoryError');
  }
  return null;
}

/** The containers an iterator reads. */
function innermost(it: PyIterator): HeapObject[] {
  const out: HeapObject[] = [];
  const visit = (v: Value): void => {
    if (v instanceof PyIterator) {
      visit(v.source);
      if (Array.isArray(v.extra)) for (const x of v.extra as Value[]) if (x instanceof PyIterator) visit(x);
    } else if (v instanceof HeapObject) out.push(v);
  };
  visit(it);
  return out;
}

/** Takes an iterable apart: exactly `count` values, or with a star a list in the middle. */
export function unpack(m: Machine, v: Value, count: number, star: number): Value[] | 'pushed' | 'stop' {
  // What is taken apart like this has as many as are asked for.
  if (v instanceof Opaque) {
    const columns = star < 0 ? rowInOrder(m, v) : null;
    return columns?.length === count ? columns : unpackUnknown(m, v, count, star);
  }
  const items = drainForUnpack(m, v);
  if (items === STOP) return 'stop';
  if (items === null) {
    const r = callPrelude(m, '__rr_collect', [v, star < 0 ? count + 1 : -1]);
    if (r === PUSHED) return 'pushed';
  }
  const list = items as readonly Value[];
  if (star < 0) {
    if (list.length < count) return raise(m, 'ValueError', `not enough values to unpack (expected ${count}, got ${list.length})`);
    if (list.length > count) return raise(m, 'ValueError', `too many values to unpack (expected ${count})`);
    return list.slice();
  }
  if (list.length < count - 1)
    return raise(m, 'ValueError', `not enough values to unpack (expected at least ${count - 1}, got ${list.length})`);
  const after = count - 1 - star;
  return [...list.slice(0, star), m.ops.makeList(m, list.slice(star, list.length - after)), ...list.slice(list.length - after)];
}

function unpackUnknown(m: Machine, o: Opaque, count: number, star: number): Value[] {
  return Array.from({ length: count }, (_, i) => {
    const index = star >= 0 && i > star ? i - count : i;
    const name = i === star ? `[${star}:${star + 1 === count ? '' : star + 1 - count}]` : `[${index}]`;
    return opaquePart(m, o, name, `${o.name}${name}`);
  });
}

function drainForUnpack(m: Machine, v: Value): readonly Value[] | null | typeof STOP {
  if (
    !isNativeIterable(v) &&
    !(v instanceof PyObject) &&
    !(v instanceof Generator) &&
    !(v instanceof PyIterator) &&
    !(v instanceof PyClass)
  ) {
    return typeError(m, `cannot unpack non-iterable ${typeName(v)} object`);
  }
  if (v instanceof PyClass && lookup(v.meta, '__iter__') === undefined)
    return typeError(m, `cannot unpack non-iterable ${typeName(v)} object`);
  if (
    v instanceof PyObject &&
    !isNativeIterable(v) &&
    lookup(v.cls, '__iter__') === undefined &&
    lookup(v.cls, '__getitem__') === undefined
  ) {
    return typeError(m, `cannot unpack non-iterable ${typeName(v)} object`);
  }
  return drain(m, v);
}

export { callPrelude };
