/** set and frozenset. */
import { STOP, type Native } from '../language.ts';
import type { Machine } from '../machine.ts';
import { KEYS, PyTuple, type Value } from '../values.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { drain } from './iteration.ts';
import { canon, clearTable, fill, find, knownKey, put, readAll, removeEntry, USER_KEY } from './keys.ts';
import { DictView, NativeMethod, type PyClass, PySet, type Canon } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { entriesOf, setOrder } from './text.ts';
import { frozensetClass, setClass, typeName } from './types.ts';

export function newSet(m: Machine, cls: PyClass = setClass): PySet {
  return m.adopt(new PySet(cls));
}

/** A set of keys none of which has its own hash; null otherwise. */
export function setFrom(m: Machine, items: readonly Value[], cls: PyClass = setClass): PySet | null {
  const s = newSet(m, cls);
  for (const v of items) {
    const c = canon(m, v);
    if (c === USER_KEY) return null;
    fill(s.table, c as Canon, v, true);
  }
  return s;
}

setClass.allocate = (m, cls) => newSet(m, cls);
frozensetClass.allocate = (m, cls, args) => {
  if (args.length === 0) return newSet(m, cls);
  const items = drain(m, args[0]);
  if (items === STOP) return STOP;
  const s = items === null ? null : setFrom(m, items as Value[], cls);
  return s ?? callPrelude(m, '__rr_frozenset', [cls, args[0]]);
};
method(setClass, '__init__', (m, args) => {
  const s = self(m, args[0], '__init__');
  if (args.length < 2) return null;
  return updateSet(m, s, args[1]);
});
method(frozensetClass, '__init__', () => null, { pure: true });

function self(m: Machine, v: Value, name: string): PySet {
  if (!(v instanceof PySet)) return typeError(m, `descriptor '${name}' for 'set' objects doesn't apply to a '${typeName(v)}' object`);
  return v;
}

export function updateSet(m: Machine, s: PySet, other: Value): Value {
  const items = drain(m, other);
  if (items === STOP) return STOP;
  if (items === null || (items as Value[]).some((v) => canon(m, v) === USER_KEY)) return callPrelude(m, '__rr_set_update', [s, other]);
  for (const v of (items as Value[]).slice()) {
    const c = canon(m, v) as Canon;
    if (!find(s.table, c)) put(m, s, c, v, true);
    else m.read(s, c, true);
  }
  return null;
}

function keyed(name: string, fn: (m: Machine, s: PySet, c: Canon, v: Value) => Value): void {
  const native: NativeMethod = new NativeMethod(name, (m, args) => {
    const s = self(m, args[0], name);
    if (args.length !== 2) return typeError(m, `set.${name}() takes exactly one argument (${args.length - 1} given)`);
    const key = knownKey(m, s, args[1]);
    if (key === undefined) return STOP;
    const c = canon(m, key);
    if (c === USER_KEY) return callPrelude(m, '__rr_keyed', [native, s, key, new PyTuple([])]);
    return fn(m, s, c as Canon, key);
  });
  setClass.dict.set(name, native);
}
keyed('add', (m, s, c, v) => {
  if (find(s.table, c)) m.read(s, c, true);
  else put(m, s, c, v, true);
  return null;
});
keyed('discard', (m, s, c) => {
  const e = find(s.table, c);
  if (e) removeEntry(m, s, e);
  else m.read(s, c, undefined);
  return null;
});
keyed('remove', (m, s, c, v) => {
  const e = find(s.table, c);
  if (!e) {
    m.read(s, c, undefined);
    return raise(m, 'KeyError', v);
  }
  removeEntry(m, s, e);
  return null;
});
const containsSet: Native['fn'] = (m, args) => {
  const s = self(m, args[0], '__contains__');
  const key = knownKey(m, s, args[1]);
  if (key === undefined) return STOP;
  const c = canon(m, key);
  if (c === USER_KEY) return callPrelude(m, '__rr_keyed_in', [key, s]);
  m.read(s, c, undefined);
  return find(s.table, c as Canon) !== null;
};
method(setClass, '__contains__', containsSet);
method(frozensetClass, '__contains__', containsSet);
method(setClass, 'pop', (m, args) => {
  const s = self(m, args[0], 'pop');
  const first = setOrder(s)[0];
  if (s.table.count === 0) {
    m.read(s, KEYS, 0);
    return raise(m, 'KeyError', 'pop from an empty set');
  }
  const e = entriesOf(s).find((x) => x.key === first);
  if (e) removeEntry(m, s, e);
  return first;
});
method(setClass, 'clear', (m, args) => {
  clearTable(m, self(m, args[0], 'clear'));
  return null;
});
method(setClass, 'update', (m, args) => {
  const s = self(m, args[0], 'update');
  for (const other of args.slice(1)) {
    const r = updateSet(m, s, other);
    if (r !== null) return r;
  }
  return null;
});

export function copySet(m: Machine, s: PySet, cls: PyClass = s.cls.layout === 'frozenset' ? frozensetClass : setClass): PySet {
  readAll(m, s);
  const copy = newSet(m, cls);
  for (const e of entriesOf(s)) fill(copy.table, e.canon, e.key, true);
  for (const [i, e] of copy.table.entries.entries()) if (e) e.hash = entriesOf(s)[i]?.hash ?? null;
  return copy;
}

/** Other operands may be any iterable for the named methods. */
function operand(m: Machine, v: Value): PySet | null | typeof STOP {
  if (v instanceof PySet) return v;
  if (v instanceof DictView && v.type === 'dict_keys') return viewSet(m, v);
  const items = drain(m, v);
  if (items === STOP) return STOP as never;
  return items === null ? null : setFrom(m, items as Value[]);
}

function viewSet(m: Machine, v: DictView): PySet | null {
  const entries = entriesOf(v.dict);
  readAll(m, v.dict);
  return setFrom(
    m,
    v.type === 'dict_keys'
      ? entries.map((e) => e.key)
      : v.type === 'dict_values'
        ? entries.map((e) => e.value)
        : entries.map((e) => new PyTuple([e.key, e.value])),
  );
}

export function setOperation(m: Machine, op: string, a: PySet | DictView, b: PySet | DictView): Value {
  for (const o of [a, b]) if (m.stopBefore(o instanceof DictView ? o.dict : o)) return STOP;
  const x = a instanceof PySet ? a : viewSet(m, a);
  const y = b instanceof PySet ? b : viewSet(m, b);
  if (!x || !y) return callPrelude(m, '__rr_set_operation', [op, a, b]);
  return combine(m, op, x, y);
}

function combine(m: Machine, op: string, a: PySet, b: PySet): PySet {
  readAll(m, a);
  readAll(m, b);
  const out = newSet(m, a.cls.layout === 'frozenset' ? frozensetClass : setClass);
  const add = (s: PySet, keep: (c: Canon) => boolean): void => {
    const order = setOrder(s);
    const entries = entriesOf(s);
    for (const k of order) {
      const e = entries.length < 2 ? entries[0] : entries.find((x) => x.key === k);
      if (e && keep(e.canon)) fill(out.table, e.canon, e.key, true);
    }
  };
  const inA = (c: Canon): boolean => find(a.table, c) !== null;
  const inB = (c: Canon): boolean => find(b.table, c) !== null;
  if (op === '|') {
    add(a, () => true);
    add(b, () => true);
  } else if (op === '&') add(a, inB);
  else if (op === '-') add(a, (c) => !inB(c));
  else {
    add(a, (c) => !inB(c));
    add(b, (c) => !inA(c));
  }
  return out;
}

export function inPlaceSet(m: Machine, op: string, a: PySet, b: PySet): Value {
  if (m.stopBefore(a) || m.stopBefore(b)) return STOP;
  const result = combine(m, op, a, b);
  for (const e of entriesOf(a)) if (!find(result.table, e.canon)) removeEntry(m, a, e);
  for (const e of entriesOf(result)) if (!find(a.table, e.canon)) put(m, a, e.canon, e.key, true);
  return a;
}

for (const cls of [setClass, frozensetClass]) {
  method(cls, 'copy', (m, args) => copySet(m, self(m, args[0], 'copy')));
  method(cls, '__copy__', (m, args) => copySet(m, self(m, args[0], 'copy')));
  method(cls, '__len__', (m, args) => {
    const s = self(m, args[0], '__len__');
    m.read(s, KEYS, s.table.count);
    return s.table.count;
  });
  for (const [name, op] of [
    ['union', '|'],
    ['intersection', '&'],
    ['difference', '-'],
    ['symmetric_difference', '^'],
  ] as const) {
    method(cls, name, (m, args) => {
      let s = self(m, args[0], name);
      if (args.length === 1) return copySet(m, s);
      for (const v of args.slice(1)) {
        const o = operand(m, v);
        if (o === (STOP as never)) return STOP;
        if (!o) return callPrelude(m, '__rr_set_operation', [op, s, v]);
        s = combine(m, op, s, o as PySet);
      }
      return s;
    });
  }
  for (const [name, test] of [
    ['issubset', (a: PySet, b: PySet) => entriesOf(a).every((e) => find(b.table, e.canon) !== null)],
    ['issuperset', (a: PySet, b: PySet) => entriesOf(b).every((e) => find(a.table, e.canon) !== null)],
    ['isdisjoint', (a: PySet, b: PySet) => !entriesOf(a).some((e) => find(b.table, e.canon) !== null)],
  ] as const) {
    method(cls, name, (m, args) => {
      const s = self(m, args[0], name);
      const o = operand(m, args[1]);
      if (o === (STOP as never)) return STOP;
      if (!o) return callPrelude(m, '__rr_set_test', [name, s, args[1]]);
      readAll(m, s);
      readAll(m, o as PySet);
      return test(s, o as PySet);
    });
  }
}
for (const [name, op] of [
  ['intersection_update', '&'],
  ['difference_update', '-'],
  ['symmetric_difference_update', '^'],
] as const) {
  method(setClass, name, (m, args) => {
    const s = self(m, args[0], name);
    for (const v of args.slice(1)) {
      const o = operand(m, v);
      if (o === (STOP as never)) return STOP;
      if (!o) return callPrelude(m, '__rr_set_update_with', [op, s, v]);
      inPlaceSet(m, op, s, o as PySet);
    }
    return null;
  });
}
