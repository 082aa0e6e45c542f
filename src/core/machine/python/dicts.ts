/** dict, its views, defaultdict and OrderedDict: every operation one step, as C code under the GIL. */
import { PUSHED, Raise, STOP, type Keywords, type Native } from '../language.ts';
import type { Machine } from '../machine.ts';
import { KEYS, Opaque, PyTuple, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { isCallable } from './builtins.ts';
import { matchesName, raise, typeError } from './errors.ts';
import {
  Box,
  DictView,
  NativeAttribute,
  NativeMethod,
  type PyClass,
  PyDict,
  PyList,
  PyObject,
  PySet,
  type Canon,
  type Entry,
} from './objects.ts';
import { canon, clearTable, fill, find, knownKey, lookUp, put, readAll, removeEntry, USER_KEY } from './keys.ts';
import { callPrelude } from './runtime.ts';
import { drain } from './iteration.ts';
import { entriesOf } from './text.ts';
import {
  defaultdictClass,
  dictClass,
  dictItemsClass,
  dictKeysClass,
  dictValuesClass,
  lookup,
  orderedDictClass,
  typeName,
} from './types.ts';

export function newDict(m: Machine, cls: PyClass = dictClass): PyDict {
  return m.adopt(new PyDict(cls));
}

export function makeDictFrom(m: Machine, pairs: readonly (readonly [Value, Value])[]): PyDict {
  const d = newDict(m);
  for (const [k, v] of pairs) {
    const c = canon(m, k);
    if (c !== USER_KEY) fill(d.table, c as Canon, k, v);
  }
  return d;
}

for (const cls of [dictClass, defaultdictClass, orderedDictClass]) cls.allocate = (m, c) => newDict(m, c);

/** Defines a method of a native class. */
export function method(cls: PyClass, name: string, fn: Native['fn'], traits: Native['traits'] = {}): void {
  const made = new NativeMethod(name, fn, traits);
  made.owner = cls.name;
  cls.dict.set(name, made);
}

function self(m: Machine, args: readonly Value[], name: string): PyDict {
  const d = args[0];
  if (!(d instanceof PyDict)) return typeError(m, `descriptor '${name}' for 'dict' objects doesn't apply to a '${typeName(d)}' object`);
  return d;
}

/**
 * A method whose first argument after self is a key: keys with their own hash are resolved by the
 * prelude, which then calls the method again.
 */
function keyed(
  cls: PyClass,
  name: string,
  fn: (m: Machine, d: PyDict, c: Canon, args: readonly Value[], keywords: Keywords) => Value,
): void {
  const native: NativeMethod = new NativeMethod(name, (m, args, keywords) => {
    const d = self(m, args, name);
    if (args.length < 2) return typeError(m, `${name} expected at least 1 argument, got 0`);
    const key = knownKey(m, d, args[1]);
    if (key === undefined) return STOP;
    const c = canon(m, key);
    if (c === USER_KEY) return callPrelude(m, '__rr_keyed', [native, d, key, new PyTuple(args.slice(2))]);
    return fn(m, d, c as Canon, args, keywords);
  });
  cls.dict.set(name, native);
}

export function dictGet(m: Machine, d: PyDict, given: Value): Value {
  const key = knownKey(m, d, given);
  if (key === undefined) return STOP;
  const c = canon(m, key);
  if (c === USER_KEY) return callPrelude(m, '__rr_keyed_getitem', [d, key]);
  if (m.stopBefore(d)) return STOP;
  const entry = lookUp(m, d, c as Canon);
  if (entry) return entry.value;
  return missing(m, d, key);
}

function missing(m: Machine, d: PyDict, key: Value): Value {
  if (!d.cls.builtin) {
    const user = lookup(d.cls, '__missing__');
    if (user !== undefined && !(user instanceof NativeMethod)) return callFunction(m, user, [d, key], null);
  }
  if (d.factory !== undefined && d.factory !== null) {
    const r = callFunction(m, d.factory, [], null);
    if (r === PUSHED) return m.afterCall(storeMissing, new Box({ d, key }, [d, key]));
    return r === STOP ? STOP : storeMissing(m, r, new Box({ d, key }));
  }
  return raise(m, 'KeyError', key);
}

function storeMissing(m: Machine, v: Value, data: Value): Value {
  const { d, key } = (data as Box<{ d: PyDict; key: Value }>).data;
  const c = canon(m, key);
  if (c !== USER_KEY) put(m, d, c as Canon, key, v);
  return v;
}

export function dictSet(m: Machine, d: PyDict, given: Value, v: Value): Value {
  const key = knownKey(m, d, given);
  if (key === undefined) return STOP;
  const c = canon(m, key);
  if (c === USER_KEY) return callPrelude(m, '__rr_keyed_setitem', [d, key, v]);
  if (m.stopBefore(d)) return STOP;
  put(m, d, c as Canon, key, v);
  return undefined;
}

export function dictDelete(m: Machine, d: PyDict, given: Value): Value {
  const key = knownKey(m, d, given);
  if (key === undefined) return STOP;
  const c = canon(m, key);
  if (c === USER_KEY) return callPrelude(m, '__rr_keyed_delitem', [d, key]);
  if (m.stopBefore(d)) return STOP;
  const entry = find(d.table, c as Canon);
  if (!entry) {
    m.read(d, c, undefined);
    return raise(m, 'KeyError', key);
  }
  removeEntry(m, d, entry);
  return undefined;
}

method(dictClass, '__getitem__', (m, args) => dictGet(m, self(m, args, '__getitem__'), args[1]));
method(dictClass, '__setitem__', (m, args) => none(dictSet(m, self(m, args, '__setitem__'), args[1], args[2])));
method(dictClass, '__delitem__', (m, args) => none(dictDelete(m, self(m, args, '__delitem__'), args[1])));

function none(r: Value): Value {
  return r === undefined ? null : r;
}

keyed(dictClass, 'get', (m, d, c, args) => {
  const entry = lookUp(m, d, c);
  return entry ? entry.value : (args[2] ?? null);
});
keyed(dictClass, '__contains__', (m, d, c) => {
  const entry = lookUp(m, d, c);
  return entry !== null;
});
keyed(dictClass, 'pop', (m, d, c, args) => {
  const entry = find(d.table, c);
  if (entry) {
    removeEntry(m, d, entry);
    return entry.value;
  }
  m.read(d, c, undefined);
  if (args.length > 2) return args[2];
  return raise(m, 'KeyError', args[1]);
});
keyed(dictClass, 'setdefault', (m, d, c, args) => {
  const entry = find(d.table, c);
  if (entry) {
    m.read(d, c, entry.value);
    return entry.value;
  }
  const v = args[2] ?? null;
  put(m, d, c, args[1], v);
  return v;
});
method(dictClass, 'popitem', (m, args, keywords) => {
  const d = self(m, args, 'popitem');
  const entries = entriesOf(d);
  const last = keywords?.get('last') ?? args[1] ?? true;
  const e = last === false ? entries[0] : entries.at(-1);
  if (!e) {
    m.read(d, KEYS, 0);
    return raise(m, 'KeyError', d.cls.mro.some((c) => c.name === 'OrderedDict') ? 'dictionary is empty' : 'popitem(): dictionary is empty');
  }
  removeEntry(m, d, e);
  return new PyTuple([e.key, e.value]);
});
method(dictClass, 'clear', (m, args) => {
  clearTable(m, self(m, args, 'clear'));
  return null;
});
method(dictClass, 'copy', (m, args) => copyDict(m, self(m, args, 'copy')));
method(dictClass, '__copy__', (m, args) => copyDict(m, self(m, args, 'copy')));

export function copyDict(m: Machine, d: PyDict): PyDict {
  readAll(m, d);
  const copy = newDict(m, d.cls.builtin ? d.cls : dictClass);
  copy.factory = d.factory;
  for (const e of entriesOf(d)) fillEntry(copy, e);
  copy.beyond = d.beyond;
  // What was taken away is not there from the start.
  if (d.beyond !== null) for (const [c, at] of d.table.index) if (at < 0) copy.table.index.set(c, at);
  return copy;
}

function fillEntry(d: PyDict, e: Entry): void {
  d.table.index.set(e.canon, d.table.entries.length);
  d.table.entries.push({ key: e.key, value: e.value, canon: e.canon, hash: e.hash });
  d.table.count++;
}

for (const type of ['keys', 'values', 'items'] as const) {
  method(dictClass, type, (m, args) => new DictView(`dict_${type}`, self(m, args, type)), { pure: true });
}
method(dictClass, '__len__', (m, args) => {
  const d = self(m, args, '__len__');
  m.read(d, KEYS, d.table.count);
  return d.table.count;
});
method(dictClass, '__init__', (m, args, keywords) => {
  const d = self(m, args, '__init__');
  if (d.cls.mro.includes(defaultdictClass)) {
    const factory = args[1] ?? null;
    if (factory !== null && !isCallable(factory)) return typeError(m, 'first argument must be callable or None');
    m.trail.set(d, 'factory', factory);
    m.escape(d, factory);
    if (args.length > 2 || (keywords?.size ?? 0) > 0) return update(m, d, args[2], keywords);
    return null;
  }
  if (args.length > 2) return typeError(m, `dict expected at most 1 argument, got ${args.length - 1}`);
  return update(m, d, args[1], keywords);
});
method(dictClass, 'update', (m, args, keywords) => update(m, self(m, args, 'update'), args[1], keywords));
method(dictClass, '__or__', (m, args) => {
  const d = self(m, args, '__or__');
  const copy = copyDict(m, d);
  const r = update(m, copy, args[1], null);
  return r === PUSHED ? m.afterCall((_m, _v, data) => data, copy) : copy;
});

/** Adds the items of a mapping or of an iterable of pairs. */
export function update(m: Machine, d: PyDict, other: Value, keywords: Keywords): Value {
  if (other !== undefined) {
    if (other instanceof PyDict) {
      readAll(m, other);
      for (const e of entriesOf(other)) put(m, d, e.canon, e.key, e.value);
      if (other.beyond !== null && !d.shared) {
        m.trail.set(d, 'beyond', other.beyond);
        for (const [c, at] of other.table.index) if (at < 0 && !d.table.index.has(c)) m.trail.mapSet(d.table.index, c, at);
      }
    } else if (other instanceof Opaque) {
      if (!d.shared) m.trail.set(d, 'beyond', other);
      return callPrelude(m, '__rr_dict_update', [d, other]);
    } else {
      const items = other instanceof PyObject && lookup(other.cls, 'keys') !== undefined ? null : drainPairs(m, other);
      if (items === null) {
        const r = callPrelude(m, '__rr_dict_update', [d, other]);
        if (r === PUSHED && keywords && keywords.size > 0) {
          return m.afterCall((mm) => {
            for (const [k, v] of keywords) put(mm, d, canon(mm, k) as Canon, k, v);
            return null;
          }, null);
        }
        return r;
      }
      if (items === STOP) return STOP;
      for (const [k, v] of items as [Value, Value][]) {
        const c = canon(m, k);
        if (c === USER_KEY)
          return callPrelude(m, '__rr_dict_update', [
            d,
            m.ops.makeList(
              m,
              (items as [Value, Value][]).map(([a, b]) => new PyTuple([a, b])),
            ),
          ]);
        put(m, d, c as Canon, k, v);
      }
    }
  }
  if (keywords) for (const [k, v] of keywords) put(m, d, canon(m, k) as Canon, k, v);
  return null;
}

/** What cannot be iterated over is told by where it stands. */
function drainPair(m: Machine, v: Value, n: number): ReturnType<typeof drain> {
  try {
    return drain(m, v);
  } catch (e) {
    if (!(e instanceof Raise) || !matchesName(e.value, 'TypeError')) throw e;
    return raise(m, 'TypeError', `cannot convert dictionary update sequence element #${String(n)} to a sequence`);
  }
}

/** Pairs of an iterable of pairs; null when the program's code must be asked. */
function drainPairs(m: Machine, v: Value): [Value, Value][] | null | typeof STOP {
  const items = drain(m, v);
  if (items === null || items === STOP) return items as null;
  const out: [Value, Value][] = [];
  let n = 0;
  for (const i of items as Value[]) {
    const pair = drainPair(m, i, n);
    if (pair === null) return null;
    const list = pair as Value[];
    if (list.length !== 2)
      return raise(m, 'ValueError', `dictionary update sequence element #${n} has length ${list.length}; 2 is required`);
    out.push([list[0], list[1]]);
    n++;
  }
  return out;
}

dictClass.dict.set('fromkeys', new NativeMethod('fromkeys', (m, args) => callPrelude(m, '__rr_fromkeys', [args[0], args[1] ?? null])));
defaultdictClass.dict.set(
  'default_factory',
  new NativeAttribute(
    (_m, d) => (d instanceof PyDict ? (d.factory ?? null) : null),
    (m, d, v) => {
      if (d instanceof PyDict) m.trail.set(d, 'factory', v);
      return undefined;
    },
  ),
);
keyed(orderedDictClass, 'move_to_end', (m, d, c, args, keywords) => {
  const e = find(d.table, c);
  if (!e) return raise(m, 'KeyError', args[1]);
  const last = keywords?.get('last') ?? args[2] ?? true;
  const value = e.value;
  if (last !== false) {
    removeEntry(m, d, e);
    put(m, d, c, e.key, value);
  } else {
    const others = entriesOf(d).filter((x) => x !== e);
    clearTable(m, d);
    put(m, d, c, e.key, value);
    for (const o of others) put(m, d, o.canon, o.key, o.value);
  }
  return null;
});

for (const cls of [dictKeysClass, dictValuesClass, dictItemsClass]) {
  method(cls, '__len__', (m, args) => {
    const v = args[0];
    if (!(v instanceof DictView)) return 0;
    m.read(v.dict, KEYS, v.dict.table.count);
    return v.dict.table.count;
  });
  method(cls, 'isdisjoint', (m, args) => callPrelude(m, '__rr_isdisjoint', args));
}

export function asSet(v: Value): PySet | null {
  return v instanceof PySet ? v : null;
}
export { PyList };
