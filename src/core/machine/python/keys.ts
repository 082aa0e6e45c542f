/**
 * Hash tables of dicts and sets: the canonical form of keys, look-ups, and the mutations with the
 * accesses they make. Keys whose class defines `__hash__` or `__eq__` are resolved by the prelude
 * (`__rr_resolve`) before they get here, as HashedKey.
 */
import { type Machine, mayBeSame } from '../machine.ts';
import { Native, Unsupported } from '../language.ts';
import {
  Closure,
  KEYS,
  Namespace,
  Opaque,
  PyBytes,
  PyFloat,
  PyRange,
  PySlice,
  PyTuple,
  Singleton,
  UNBOUND,
  type HeapObject,
  type Value,
} from '../values.ts';
import { typeError } from './errors.ts';
import {
  DictView,
  HashedKey,
  PyByteArray,
  PyClass,
  PyDeque,
  PyDict,
  PyList,
  PyMemoryView,
  PyObject,
  PySet,
  type Table,
  type Canon,
  type Entry,
} from './objects.ts';
import { opaquePart } from './opaque.ts';
import { lookup, typeName } from './types.ts';
import { itemName } from './unknown-text.ts';

/** The key's own code must decide. */
export const USER_KEY = Symbol('user key');

const hostNumbers = new WeakMap<object, number>();
let hostCount = 0;

function hostNumber(o: object): number {
  let n = hostNumbers.get(o);
  if (n === undefined) {
    n = ++hostCount;
    hostNumbers.set(o, n);
  }
  return n;
}

/** Canonical form of a key; raises TypeError for unhashable values. */
export function canon(m: Machine, v: Value): Canon | typeof USER_KEY {
  switch (typeof v) {
    case 'string':
      return v.charCodeAt(0) === 1 ? `\u0001s${v}` : v;
    case 'number':
      return v;
    case 'boolean':
      return v ? 1 : 0;
    case 'bigint':
      return v;
    case 'undefined':
      return null;
    default:
  }
  if (v === null) return null;
  if (v instanceof PyFloat) return canonFloat(v.value, v);
  if (v instanceof PyTuple) return canonItems(m, 't', v.items);
  if (v instanceof PyObject) return canonObject(m, v);
  if (v instanceof HashedKey) return v.canon;
  if (v instanceof PyBytes) return `\u0001b${v.value.join(',')}`;
  if (v instanceof PyRange) return `\u0001r${v.start},${v.stop},${v.step}`;
  if (v instanceof PySlice || (v instanceof DictView && v.type !== 'dict_values')) return unhashable(m, v);
  if (v instanceof PyClass && !v.builtin) return `\u0001#${v.id}`;
  if (v instanceof PyClass || v instanceof Native || v instanceof Singleton) return `\u0001@${hostNumber(v)}`;
  const id = (v as { id?: number }).id;
  return typeof id === 'number' && id !== 0 ? `\u0001#${id}` : `\u0001@${hostNumber(v)}`;
}

function canonFloat(x: number, o: object): Canon {
  if (Number.isInteger(x)) return Number.isSafeInteger(x) ? (x === 0 ? 0 : x) : BigInt(x);
  return Number.isNaN(x) ? `\u0001@${hostNumber(o)}` : x;
}

function canonItems(m: Machine, tag: string, items: readonly Value[]): Canon | typeof USER_KEY {
  const parts: string[] = [];
  for (const i of items) {
    const c = canon(m, i);
    if (c === USER_KEY) return USER_KEY;
    parts.push(part(c as Canon));
  }
  if (tag === 'f') parts.sort();
  return `\u0001${tag}(${parts.join(',')})`;
}

function part(c: Canon): string {
  return typeof c === 'string' ? (c.startsWith('\u0001') ? c : JSON.stringify(c)) : String(c);
}

function canonObject(m: Machine, v: PyObject): Canon | typeof USER_KEY {
  const cls = v.cls;
  if (!cls.builtin) {
    const hash = lookup(cls, '__hash__');
    if (hash === null) return typeError(m, `unhashable type: '${cls.name}'`);
    const eq = lookup(cls, '__eq__');
    if ((hash !== undefined && !(hash instanceof Native)) || (eq !== undefined && !(eq instanceof Native))) return USER_KEY;
  }
  if (v.payload !== undefined) return canon(m, v.payload);
  if (v instanceof PyMemoryView) throw new Unsupported('the hash of a memoryview');
  if (v instanceof PyList || v instanceof PyDict || v instanceof PyDeque || v instanceof PyByteArray)
    return typeError(m, `unhashable type: '${cls.name}'`);
  if (v instanceof PySet) {
    if (cls.layout === 'set') return typeError(m, `unhashable type: '${cls.name}'`);
    return canonItems(
      m,
      'f',
      v.table.entries.filter((e): e is Entry => e !== null).map((e) => e.key),
    );
  }
  return `\u0001#${v.id}`;
}

export function keyOf(v: Value): Value {
  return v instanceof HashedKey ? v.key : v;
}

export function find(table: Table, c: Canon): Entry | null {
  const i = table.index.get(c);
  return i === undefined || i < 0 ? null : (table.entries[i] ?? null);
}

/** What is under a key, which is read: of an object's `__dict__`, what the object has by now. */
export function lookUp(m: Machine, d: PyDict | PySet, c: Canon): Entry | null {
  const entry = find(d.table, c);
  m.read(d, c, entry?.value);
  const owner = d instanceof PyDict ? d.owner : null;
  if (!(owner instanceof PyObject) || !owner.shared || typeof c !== 'string') return entry;
  const value = owner.attrs?.get(c);
  m.read(owner, c, value);
  return value === undefined ? null : entry?.value === value ? entry : { key: c, value, canon: c, hash: null };
}

/** Puts into the object what is put into its `__dict__`; undefined takes it away. */
function putThrough(m: Machine, d: PyDict | PySet, key: Value, value: Value): void {
  const owner = d instanceof PyDict ? d.owner : null;
  if (owner === null || typeof key !== 'string') return;
  if (owner instanceof Namespace) {
    const cell = m.cellOf(owner, key, false, UNBOUND);
    if (cell.constant) m.trail.set(cell, 'constant', false);
    m.write(cell, 'value', value ?? UNBOUND, cell.value);
    m.escape(cell, value);
    m.trail.set(cell, 'value', value ?? UNBOUND);
    return;
  }
  const attributes = owner instanceof Closure ? owner.attributes : owner.attrs;
  const before = attributes?.get(key);
  if (value === undefined) m.remove(owner, key, before);
  else m.write(owner, key, value, before);
  m.escape(owner, value);
  const made = new Map(attributes);
  if (value === undefined) made.delete(key);
  else made.set(key, value);
  if (owner instanceof Closure) m.trail.set(owner, 'attributes', made);
  else m.trail.set(owner, 'attrs', made);
}

/** Adds or replaces, on the trail, logging the accesses. */
export function put(m: Machine, o: PyDict | PySet, c: Canon, key: Value, value: Value): void {
  putThrough(m, o, keyOf(key), value);
  putAlone(m, o, c, key, value);
}

/** The same where the owner of a `__dict__` has it already. */
export function putAlone(m: Machine, o: PyDict | PySet, c: Canon, key: Value, value: Value): void {
  const table = o.table;
  const known = find(table, c);
  m.escape(o, keyOf(key));
  m.escape(o, value);
  if (known) {
    m.write(o, c, value, known.value);
    m.trail.set(known, 'value', value);
    return;
  }
  m.write(o, c, value, undefined);
  m.write(o, KEYS, table.count + 1, table.count);
  m.trail.push(table.entries, { key: keyOf(key), value, canon: c, hash: key instanceof HashedKey ? key.hash : null });
  m.trail.mapSet(table.index, c, table.entries.length - 1);
  m.trail.set(table, 'count', table.count + 1);
}

/** Fills a table nobody else has seen yet. */
export function fill(table: Table, c: Canon, key: Value, value: Value): void {
  const known = find(table, c);
  if (known) {
    known.value = value;
    return;
  }
  table.index.set(c, table.entries.length);
  table.entries.push({ key: keyOf(key), value, canon: c, hash: key instanceof HashedKey ? key.hash : null });
  table.count++;
}

export function removeEntry(m: Machine, o: PyDict | PySet, entry: Entry): void {
  putThrough(m, o, entry.key, undefined);
  removeAlone(m, o, entry);
}

export function removeAlone(m: Machine, o: PyDict | PySet, entry: Entry): void {
  const table = o.table;
  const at = table.index.get(entry.canon) as number;
  m.remove(o, entry.canon, entry.value);
  m.write(o, KEYS, undefined, undefined);
  m.trail.arraySet(table.entries, at, null);
  m.trail.mapSet(table.index, entry.canon, -1);
  m.trail.set(table, 'count', table.count - 1);
  if (table.entries.length > 32 && table.count * 4 < table.entries.length) compact(m, table);
}

function compact(m: Machine, table: Table): void {
  const entries = table.entries.filter((e) => e !== null);
  const index = new Map<Canon, number>();
  entries.forEach((e, i) => index.set((e as Entry).canon, i));
  m.trail.set(table, 'entries', entries);
  m.trail.set(table, 'index', index);
}

export function clearTable(m: Machine, o: PyDict | PySet): void {
  for (const e of o.table.entries) if (e) m.remove(o, e.canon, e.value);
  for (const e of o.table.entries) if (e) putThrough(m, o, e.key, undefined);
  m.write(o, KEYS, undefined, undefined);
  m.trail.set(o.table, 'entries', []);
  m.trail.set(o.table, 'index', new Map());
  m.trail.set(o.table, 'count', 0);
  if (o instanceof PyDict && o.beyond !== null) m.trail.set(o, 'beyond', null);
}

/** Reads everything: what iterating over or comparing the whole container sees. */
export function readAll(m: Machine, o: PyDict | PySet): void {
  if (!o.shared) return;
  m.read(o, KEYS, undefined);
  for (const e of o.table.entries) if (e) m.read(o, e.canon, e.value);
}

/** Reads the set of keys. */
export function readKeys(m: Machine, o: HeapObject): void {
  m.read(o, KEYS, undefined);
}

export function unhashable(m: Machine, v: Value): never {
  return typeError(m, `unhashable type: '${typeName(v)}'`);
}

/** The key as it is looked up: what an unknown value stands for here; undefined: stop before it. */
export function knownKey(m: Machine, d: PyDict | PySet, key: Value): Value {
  const known = resolved(m, d, key);
  if (known === undefined || !(d instanceof PyDict) || d.beyond === null) return known;
  return broughtIn(m, d, d.beyond, known) ? known : undefined;
}

/** A dictionary made of something unknown may have had the key from the start: asked when it is looked up. False: stop before it. */
function broughtIn(m: Machine, d: PyDict, beyond: Opaque, key: Value): boolean {
  const c = canon(m, key);
  if (c === USER_KEY || d.table.index.has(c)) return true;
  if (m.stopBefore(d)) return false;
  const name = itemName(key);
  const answer = m.chooseOnce(`#${String(beyond.id)}${name} is there`, `${beyond.name}${name} is there`, ['yes', 'no']);
  if (answer < 0) return false;
  m.read(d, c, undefined);
  if (answer > 0) return true;
  const value = opaquePart(m, beyond, name, `${beyond.name}${name}`);
  m.escape(d, value);
  m.trail.push(d.table.entries, { key, value, canon: c, hash: null });
  m.trail.mapSet(d.table.index, c, d.table.entries.length - 1);
  m.trail.set(d.table, 'count', d.table.count + 1);
  return true;
}

function resolved(m: Machine, d: PyDict | PySet, key: Value): Value {
  if (key instanceof PyTuple) return knownTuple(m, d, key);
  if (typeof key === 'string')
    return m.isDriven() ? m.unknownKeyFor(d, key, d.table.entries, d.table.index.has(canon(m, key) as Canon)) : key;
  if (!(key instanceof Opaque) || d.table.index.has(canon(m, key) as Canon)) return key;
  if (!lookAtKeys(m, d)) return undefined;
  return m.resolveKey(
    key,
    d.table.entries.flatMap((e) => (e ? [e.key] : [])),
  );
}

/** What an unknown key may be depends on which keys are there. False: stop before looking. */
function lookAtKeys(m: Machine, d: PyDict | PySet): boolean {
  if (m.stopBefore(d)) return false;
  m.read(d, KEYS, undefined);
  return true;
}

/** A tuple with unknown values in it may be equal to a key like it: asked once for the two. */
function knownTuple(m: Machine, d: PyDict | PySet, key: PyTuple): Value {
  if (!key.items.some((i) => i instanceof Opaque)) return key;
  const c = canon(m, key);
  if (c === USER_KEY || d.table.index.has(c)) return key;
  if (!lookAtKeys(m, d)) return undefined;
  for (const e of d.table.entries) {
    if (!e || !(e.key instanceof PyTuple) || !areSimilar(m, key, e.key)) continue;
    const text = m.ops.show(key);
    const answer = m.chooseOnce(`key ${String(c)} ${String(canon(m, e.key) as Canon)}`, `${text} is a key that is there`, ['yes', 'no']);
    if (answer < 0) return undefined;
    if (answer === 0) return e.key;
    break;
  }
  return key;
}

function areSimilar(m: Machine, a: PyTuple, b: PyTuple): boolean {
  if (a.items.length !== b.items.length) return false;
  return a.items.every((x, i) => {
    const y = b.items[i];
    if (x instanceof Opaque && y instanceof Opaque) return x === y || mayBeSame(x, y);
    if (x instanceof PyTuple && y instanceof PyTuple) return areSimilar(m, x, y);
    return canon(m, x) === canon(m, y);
  });
}
