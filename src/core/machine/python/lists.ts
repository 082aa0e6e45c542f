/** list, tuple and range: indexing, slices, methods, and the accesses each makes. */
import { PUSHED, STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { HeapObject, LENGTH, PyRange, PySlice, PyTuple, STRUCTURE, type Value } from '../values.ts';
import { cannotCompare, equals, order } from './compare.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { drain } from './iteration.ts';
import { asIndex } from './numbers.ts';
import { type PyClass, PyDeque, PyList, PyObject } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { rangeLength } from './truth.ts';
import { listClass, rangeClass, tupleClass, typeName } from './types.ts';

export function newList(m: Machine, items: Value[], cls: PyClass = listClass): PyList {
  return m.adopt(new PyList(cls, items));
}

listClass.allocate = (m, cls) => newList(m, [], cls);

/** Reads the whole list: structure, length, every item. */
export function readList(m: Machine, l: PyList | PyDeque): void {
  if (!l.shared) return;
  m.read(l, STRUCTURE, undefined);
  m.read(l, LENGTH, l.items.length);
  for (let i = 0; i < l.items.length; i++) m.read(l, i, l.items[i]);
}

/**
 * Items before this index have a location each, which whatever moves items changes, too; reading one is
 * one access. Those from here on are read together with STRUCTURE.
 */
const ownLocation = 256;

/** Logs the part of STRUCTURE in reading or replacing the item at an index. */
function readPlace(m: Machine, l: PyList | PyDeque, at: number): void {
  if (at >= ownLocation || at < 0 || !(l instanceof PyList)) m.read(l, STRUCTURE, undefined);
}

function disturb(m: Machine, l: PyList | PyDeque, from: number, to: number): void {
  if (!l.shared || !(l instanceof PyList)) return;
  for (let i = from; i < to && i < ownLocation; i++) m.disturb(l, i);
}

export function restructure(m: Machine, l: PyList | PyDeque): void {
  disturb(m, l, 0, l.items.length);
  m.write(l, STRUCTURE, undefined, undefined);
  m.write(l, LENGTH, undefined, l.items.length);
  if (l instanceof PyDeque) m.trail.set(l, 'version', l.version + 1);
}

/** Replaces items, on the trail. */
export function splice(m: Machine, l: PyList | PyDeque, start: number, count: number, items: readonly Value[]): Value[] {
  if (l.shared) for (const v of items) m.escape(l, v);
  disturb(m, l, l.items.length, l.items.length + items.length - count);
  return m.trail.splice(l.items, start, count, items);
}

export function replaceAll(m: Machine, l: PyList | PyDeque, items: Value[]): void {
  if (l.shared) for (const v of items) m.escape(l, v);
  disturb(m, l, l.items.length, items.length);
  m.trail.set(l, 'items', items);
}

export interface Bounds {
  start: number;
  stop: number;
  step: number;
  length: number;
}

/** As PySlice_AdjustIndices. */
export function sliceBounds(m: Machine, s: PySlice, n: number): Bounds {
  const part = (v: Value, what: string): number | null => {
    if (v === null || v === undefined) return null;
    const i = asIndex(v instanceof PyObject && v.payload !== undefined ? v.payload : v);
    if (i === undefined) return typeError(m, `slice indices must be integers or None or have an __index__ method`);
    void what;
    return i;
  };
  const step = part(s.step, 'step') ?? 1;
  if (step === 0) return raise(m, 'ValueError', 'slice step cannot be zero');
  const clamp = (v: number): number => {
    if (v < 0) {
      const x = v + n;
      return x < 0 ? (step < 0 ? -1 : 0) : x;
    }
    return v >= n ? (step < 0 ? n - 1 : n) : v;
  };
  const lower = part(s.lower, 'start');
  const upper = part(s.upper, 'stop');
  const start = lower === null ? (step < 0 ? n - 1 : 0) : clamp(lower);
  const stop = upper === null ? (step < 0 ? -1 : n) : clamp(upper);
  const length =
    step < 0
      ? stop < start
        ? Math.floor((start - stop - 1) / -step) + 1
        : 0
      : start < stop
        ? Math.floor((stop - start - 1) / step) + 1
        : 0;
  return { start, stop, step, length };
}

export function sliceItems<T>(items: readonly T[], b: Bounds): T[] {
  if (b.step === 1) return items.slice(b.start, b.start + b.length);
  const out: T[] = [];
  for (let i = 0, k = b.start; i < b.length; i++, k += b.step) out.push(items[k] as T);
  return out;
}

/** l[key] of a list. */
export function listGet(m: Machine, l: PyList | PyDeque, key: Value): Value {
  const i = asIndex(key instanceof PyObject && key.payload !== undefined ? key.payload : key);
  const what = l instanceof PyList ? 'list' : 'deque';
  if (i !== undefined) {
    if (m.stopBefore(l)) return STOP;
    const at = i < 0 ? i + l.items.length : i;
    readPlace(m, l, at);
    if (i < 0) m.read(l, LENGTH, l.items.length);
    m.read(l, at, l.items[at]);
    if (l.shared && m.accesses[0]?.serial === m.serial) m.decided(l);
    if (at < 0 || at >= l.items.length) {
      m.read(l, LENGTH, l.items.length);
      return raise(m, 'IndexError', what === 'list' ? 'list index out of range' : 'deque index out of range');
    }
    return l.items[at];
  }
  if (key instanceof PySlice && l instanceof PyList) {
    const b = sliceBounds(m, key, l.items.length);
    if (m.stopBefore(l)) return STOP;
    m.read(l, STRUCTURE, undefined);
    m.read(l, LENGTH, l.items.length);
    for (let k = 0, j = b.start; k < b.length && l.shared; k++, j += b.step) m.read(l, j, l.items[j]);
    return newList(m, sliceItems(l.items, b));
  }
  return typeError(
    m,
    l instanceof PyList
      ? `list indices must be integers or slices, not ${typeName(key)}`
      : `sequence index must be integer, not '${typeName(key)}'`,
  );
}

export function listSet(m: Machine, l: PyList | PyDeque, key: Value, v: Value): Value {
  const i = asIndex(key instanceof PyObject && key.payload !== undefined ? key.payload : key);
  if (i !== undefined) {
    if (m.stopBefore(l)) return STOP;
    const at = i < 0 ? i + l.items.length : i;
    readPlace(m, l, at);
    if (i < 0) m.read(l, LENGTH, l.items.length);
    if (at < 0 || at >= l.items.length) {
      m.read(l, LENGTH, l.items.length);
      return raise(m, 'IndexError', l instanceof PyList ? 'list assignment index out of range' : 'deque index out of range');
    }
    m.write(l, at, v, l.items[at]);
    if (l.shared && m.accesses[0]?.serial === m.serial) m.decided(l);
    m.escape(l, v);
    m.trail.arraySet(l.items, at, v);
    return undefined;
  }
  if (key instanceof PySlice && l instanceof PyList) return setSlice(m, l, key, v);
  return typeError(m, `list indices must be integers or slices, not ${typeName(key)}`);
}

function setSlice(m: Machine, l: PyList, key: PySlice, v: Value): Value {
  const items = drain(m, v);
  if (items === STOP) return STOP;
  if (items === null) {
    const r = callPrelude(m, '__rr_set_slice', [l, key, v]);
    return r;
  }
  if (m.stopBefore(l)) return STOP;
  const b = sliceBounds(m, key, l.items.length);
  // A copy: it may be the list itself.
  const list = (items as Value[]).slice();
  if (b.step === 1) {
    const stop = Math.max(b.start, b.start + b.length);
    restructure(m, l);
    splice(m, l, b.start, stop - b.start, list);
    return undefined;
  }
  if (list.length !== b.length)
    return raise(m, 'ValueError', `attempt to assign sequence of size ${list.length} to extended slice of size ${b.length}`);
  restructure(m, l);
  for (let k = 0, j = b.start; k < b.length; k++, j += b.step) {
    m.escape(l, list[k]);
    m.trail.arraySet(l.items, j, list[k]);
  }
  return undefined;
}

export function listDelete(m: Machine, l: PyList | PyDeque, key: Value): Value {
  const i = asIndex(key instanceof PyObject && key.payload !== undefined ? key.payload : key);
  if (i !== undefined) {
    if (m.stopBefore(l)) return STOP;
    const at = i < 0 ? i + l.items.length : i;
    if (at < 0 || at >= l.items.length) {
      m.read(l, STRUCTURE, undefined);
      m.read(l, LENGTH, l.items.length);
      return raise(m, 'IndexError', l instanceof PyList ? 'list assignment index out of range' : 'deque index out of range');
    }
    m.remove(l, at, l.items[at]);
    restructure(m, l);
    splice(m, l, at, 1, []);
    return undefined;
  }
  if (key instanceof PySlice && l instanceof PyList) {
    if (m.stopBefore(l)) return STOP;
    const b = sliceBounds(m, key, l.items.length);
    restructure(m, l);
    if (b.step === 1) splice(m, l, b.start, b.length, []);
    else {
      const gone = new Set<number>();
      for (let k = 0, j = b.start; k < b.length; k++, j += b.step) gone.add(j);
      replaceAll(
        m,
        l,
        l.items.filter((_, j) => !gone.has(j)),
      );
    }
    return undefined;
  }
  return typeError(m, `list indices must be integers or slices, not ${typeName(key)}`);
}

function self(m: Machine, args: readonly Value[], name: string, least = 0, most = least): PyList {
  const l = args[0];
  if (!(l instanceof PyList)) return typeError(m, `descriptor '${name}' for 'list' objects doesn't apply to a '${typeName(l)}' object`);
  const n = args.length - 1;
  if (n < least || n > most) {
    const wants = least === most ? (least === 0 ? 'takes no arguments' : least === 1 ? 'takes exactly one argument' : null) : null;
    return typeError(
      m,
      wants
        ? `list.${name}() ${wants} (${n} given)`
        : n < least
          ? `${name} expected at least ${least} argument${least === 1 ? '' : 's'}, got ${n}`
          : `${name} expected at most ${most} argument${most === 1 ? '' : 's'}, got ${n}`,
    );
  }
  return l;
}

export function append(m: Machine, l: PyList | PyDeque, v: Value): void {
  m.write(l, LENGTH, l.items.length + 1, l.items.length);
  m.write(l, l.items.length, v, undefined);
  m.escape(l, v);
  m.trail.push(l.items, v);
}

method(
  listClass,
  'append',
  (m, args) => {
    append(m, self(m, args, 'append', 1), args[1]);
    return null;
  },
  { gil: 'hot' },
);
method(listClass, 'extend', (m, args) => extend(m, self(m, args, 'extend', 1), args[1]));

export function extend(m: Machine, l: PyList, v: Value): Value {
  const items = drain(m, v);
  if (items === STOP) return STOP;
  if (items === null) return callPrelude(m, '__rr_extend', [l, v]);
  for (const i of (items as Value[]).slice()) append(m, l, i);
  return null;
}

method(listClass, 'insert', (m, args) => {
  const l = self(m, args, 'insert', 2);
  const i = asIndex(args[1]);
  if (i === undefined) return typeError(m, `'${typeName(args[1])}' object cannot be interpreted as an integer`);
  const n = l.items.length;
  const at = Math.min(n, Math.max(0, i < 0 ? i + n : i));
  restructure(m, l);
  m.write(l, at, args[2], undefined);
  splice(m, l, at, 0, [args[2]]);
  return null;
});
method(listClass, 'pop', (m, args) => {
  const l = self(m, args, 'pop', 0, 1);
  const n = l.items.length;
  const i = args.length > 1 ? asIndex(args[1]) : -1;
  if (i === undefined) return typeError(m, `'${typeName(args[1])}' object cannot be interpreted as an integer`);
  if (n === 0) {
    m.read(l, LENGTH, 0);
    m.read(l, STRUCTURE, undefined);
    return raise(m, 'IndexError', 'pop from empty list');
  }
  const at = i < 0 ? i + n : i;
  if (at < 0 || at >= n) {
    m.read(l, LENGTH, n);
    m.read(l, STRUCTURE, undefined);
    return raise(m, 'IndexError', 'pop index out of range');
  }
  const v = l.items[at];
  m.remove(l, at, v);
  if (at === n - 1) m.write(l, LENGTH, n - 1, n);
  else restructure(m, l);
  splice(m, l, at, 1, []);
  return v;
});

/** Index of an equal item: -1 none, null when user code must compare. */
export function indexOf(items: readonly Value[], v: Value, start = 0, stop = items.length): number | null {
  for (let i = start; i < Math.min(stop, items.length); i++) {
    if (items[i] === v) return i;
    const e = equals(items[i], v);
    if (e === undefined) return null;
    if (e) return i;
  }
  return -1;
}

method(listClass, 'remove', (m, args) => {
  const l = self(m, args, 'remove', 1);
  const at = indexOf(l.items, args[1]);
  if (at === null) return callPrelude(m, '__rr_list_remove', [l, args[1]]);
  if (at < 0) {
    readList(m, l);
    return raise(m, 'ValueError', 'list.remove(x): x not in list');
  }
  for (let i = 0; i <= at; i++) m.read(l, i, l.items[i]);
  m.remove(l, at, l.items[at]);
  restructure(m, l);
  splice(m, l, at, 1, []);
  return null;
});
method(listClass, 'index', (m, args) => {
  const l = self(m, args, 'index', 1, 3);
  return sequenceIndex(m, l, l.items, args);
});

function sequenceIndex(m: Machine, l: Value, items: readonly Value[], args: readonly Value[]): Value {
  const n = items.length;
  const clamp = (v: Value, other: number): number => {
    const i = v === undefined ? other : (asIndex(v) ?? 0);
    return Math.max(0, i < 0 ? i + n : i);
  };
  const at = indexOf(items, args[1], clamp(args[2], 0), clamp(args[3], n));
  if (at === null) return callPrelude(m, '__rr_index', [l, args[1]]);
  if (l instanceof PyList) readList(m, l);
  if (at < 0) {
    if (l instanceof PyTuple) return raise(m, 'ValueError', 'tuple.index(x): x not in tuple');
    const e = m.ops.show(args[1]);
    return raise(m, 'ValueError', `${e} is not in list`);
  }
  return at;
}

function count(m: Machine, items: readonly Value[], v: Value, whole: Value): Value {
  let n = 0;
  for (const i of items) {
    const e = i === v ? true : equals(i, v);
    if (e === undefined) return callPrelude(m, '__rr_count', [whole, v]);
    if (e) n++;
  }
  return n;
}

method(listClass, 'count', (m, args) => {
  const l = self(m, args, 'count', 1);
  readList(m, l);
  return count(m, l.items, args[1], l);
});
method(listClass, 'clear', (m, args) => {
  const l = self(m, args, 'clear');
  restructure(m, l);
  splice(m, l, 0, l.items.length, []);
  return null;
});
method(listClass, 'copy', (m, args) => {
  const l = self(m, args, 'copy');
  readList(m, l);
  return newList(m, l.items.slice());
});
method(listClass, '__copy__', (m, args) => {
  const l = self(m, args, 'copy');
  readList(m, l);
  return newList(m, l.items.slice());
});
method(listClass, 'reverse', (m, args) => {
  const l = self(m, args, 'reverse');
  readList(m, l);
  restructure(m, l);
  replaceAll(m, l, l.items.slice().reverse());
  return null;
});
method(listClass, 'sort', (m, args, keywords) => {
  const l = self(m, args, 'sort');
  const key = keywords?.get('key') ?? null;
  const reverse = keywords?.get('reverse') ?? false;
  if (key === null) {
    // Before the comparing, which may raise.
    readList(m, l);
    const sorted = sortValues(m, l.items, reverse === true || (typeof reverse === 'number' && reverse !== 0));
    if (sorted) {
      restructure(m, l);
      replaceAll(m, l, sorted);
      return null;
    }
  }
  return callPrelude(m, '__rr_list_sort', [l, key, reverse]);
});
method(listClass, '__init__', (m, args) => {
  const l = self(m, args, '__init__', 0, 1);
  if (args.length < 2) return null;
  return extend(m, l, args[1]);
});
method(
  listClass,
  '__len__',
  (m, args) => {
    const l = self(m, args, '__len__');
    m.read(l, LENGTH, l.items.length);
    return l.items.length;
  },
  { gil: 'hot' },
);
method(listClass, '__getitem__', (m, args) => listGet(m, self(m, args, '__getitem__', 1), args[1]));
method(listClass, '__setitem__', (m, args) => {
  const r = listSet(m, self(m, args, '__setitem__', 2), args[1], args[2]);
  return r === undefined ? null : r;
});
method(listClass, '__delitem__', (m, args) => {
  const r = listDelete(m, self(m, args, '__delitem__', 1), args[1]);
  return r === undefined ? null : r;
});

/**
 * Stable sort of values whose order needs no user code; null when some does. Values that cannot be
 * compared raise what `<` raises.
 */
export function sortValues(m: Machine, items: readonly Value[], reverse: boolean): Value[] | null {
  const n = items.length;
  let user = false;
  const less = (a: Value, b: Value): boolean => {
    const r = order('<', a, b);
    if (r === undefined) {
      user = true;
      return false;
    }
    if (r === null) return typeError(m, cannotCompare('<'));
    return r;
  };
  const source = reverse ? items.slice().reverse() : items.slice();
  const sorted = n < 64 ? insertionSort(source, less) : mergeSort(source, less);
  if (user) return null;
  return reverse ? sorted.reverse() : sorted;
}

/** As CPython sorts short lists (count_run, binarysort): the same comparisons in the same order. */
function insertionSort(a: Value[], less: (x: Value, y: Value) => boolean): Value[] {
  if (a.length < 2) return a;
  let run = 2;
  if (less(a[1], a[0])) {
    while (run < a.length && less(a[run], a[run - 1])) run++;
    a.splice(0, run, ...a.slice(0, run).reverse());
  } else while (run < a.length && !less(a[run], a[run - 1])) run++;
  for (let start = run; start < a.length; start++) {
    const pivot = a[start];
    let left = 0;
    let right = start;
    while (left < right) {
      const middle = (left + right) >> 1;
      if (less(pivot, a[middle])) right = middle;
      else left = middle + 1;
    }
    a.splice(start, 1);
    a.splice(left, 0, pivot);
  }
  return a;
}

function mergeSort(items: Value[], less: (a: Value, b: Value) => boolean): Value[] {
  if (items.length < 2) return items;
  const mid = items.length >> 1;
  const left = mergeSort(items.slice(0, mid), less);
  const right = mergeSort(items.slice(mid), less);
  const out: Value[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    if (less(right[j], left[i])) out.push(right[j++]);
    else out.push(left[i++]);
  }
  while (i < left.length) out.push(left[i++]);
  while (j < right.length) out.push(right[j++]);
  return out;
}

function tuple(v: Value): readonly Value[] {
  if (v instanceof PyTuple) return v.items;
  if (v instanceof PyObject && v.payload instanceof PyTuple) return v.payload.items;
  return [];
}

method(tupleClass, 'count', (m, args) => count(m, tuple(args[0]), args[1], args[0]), { pure: true });
method(
  tupleClass,
  'index',
  (m, args) => sequenceIndex(m, args[0] instanceof PyTuple ? args[0] : new PyTuple(tuple(args[0])), tuple(args[0]), args),
  { pure: true },
);
method(tupleClass, '__len__', (_m, args) => tuple(args[0]).length, { pure: true });
method(tupleClass, '__getitem__', (m, args) => tupleGet(m, new PyTuple(tuple(args[0])), args[1]), { pure: true });
tupleClass.allocate = (m, cls, args) => {
  const items = args.length === 0 ? [] : drain(m, args[0]);
  if (items === STOP) return STOP;
  if (items === null) {
    const r = callPrelude(m, '__rr_tuple', [args[0]]);
    return r === PUSHED && cls !== tupleClass ? m.afterCall((mm, v, data) => payload(mm, data as PyClass, v), cls) : r;
  }
  const t = new PyTuple(items as Value[]);
  return cls === tupleClass ? t : payload(m, cls, t);
};

/** An instance of a subclass of an immutable built-in. */
export function payload(m: Machine, cls: PyClass, v: Value): PyObject {
  const o = m.adopt(new PyObject(cls));
  o.payload = v;
  return o;
}

export function tupleGet(m: Machine, t: PyTuple, key: Value): Value {
  const i = asIndex(key instanceof PyObject && key.payload !== undefined ? key.payload : key);
  if (i !== undefined) {
    const at = i < 0 ? i + t.items.length : i;
    if (at < 0 || at >= t.items.length) return raise(m, 'IndexError', 'tuple index out of range');
    return t.items[at];
  }
  if (key instanceof PySlice) return new PyTuple(sliceItems(t.items, sliceBounds(m, key, t.items.length)));
  return typeError(m, `tuple indices must be integers or slices, not ${typeName(key)}`);
}

export function rangeGet(m: Machine, r: PyRange, key: Value): Value {
  const n = rangeLength(r);
  const i = asIndex(key);
  if (i !== undefined) {
    const at = i < 0 ? i + n : i;
    if (at < 0 || at >= n) return raise(m, 'IndexError', 'range object index out of range');
    return r.start + at * r.step;
  }
  if (key instanceof PySlice) {
    const b = sliceBounds(m, key, n);
    return new PyRange(r.start + b.start * r.step, r.start + b.stop * r.step, r.step * b.step);
  }
  return typeError(m, `range indices must be integers or slices, not ${typeName(key)}`);
}

method(
  rangeClass,
  'index',
  (m, args) => {
    const r = args[0];
    const v = args[1];
    if (r instanceof PyRange && typeof v === 'number' && (v - r.start) % r.step === 0) {
      const i = (v - r.start) / r.step;
      if (i >= 0 && i < rangeLength(r)) return i;
    }
    return raise(m, 'ValueError', `${m.ops.show(v)} is not in range`);
  },
  { pure: true },
);
method(
  rangeClass,
  'count',
  (_m, args) => {
    const r = args[0];
    const v = args[1];
    return r instanceof PyRange &&
      typeof v === 'number' &&
      (v - r.start) % r.step === 0 &&
      (v - r.start) / r.step >= 0 &&
      (v - r.start) / r.step < rangeLength(r)
      ? 1
      : 0;
  },
  { pure: true },
);
rangeClass.allocate = (m, _cls, args) => {
  const n = args.map((a) => {
    const i = asIndex(a instanceof PyObject && a.payload !== undefined ? a.payload : a);
    if (i === undefined) return typeError(m, `'${typeName(a)}' object cannot be interpreted as an integer`);
    return i;
  });
  if (n.length === 0 || n.length > 3) return typeError(m, `range expected at least 1 argument, got ${n.length}`);
  if (n[2] === 0) return raise(m, 'ValueError', 'range() arg 3 must not be zero');
  return n.length === 1 ? new PyRange(0, n[0] as number, 1) : new PyRange(n[0] as number, n[1] as number, n[2] ?? 1);
};
export { HeapObject };
