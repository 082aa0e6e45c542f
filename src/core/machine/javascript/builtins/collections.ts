/** Map, Set, WeakMap, WeakSet, WeakRef. A key is a location of its own; KEYS is which keys there are. */
import { STOP } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { KEYS, Opaque, type Value } from '../../values.ts';
import { prototypeFor } from '../calls.ts';
import { nativeItems, prelude } from '../iteration.ts';
import { chain, isObject, newObject, throwError } from '../objects.ts';
import { describe, getProperty } from '../properties.ts';
import { state } from '../state.ts';
import { JsArray, JsIterator, JsMap, JsObject, JsSymbol } from '../values.ts';
import { constructor, getter, methods, symbolMethod, tag, type MethodTable } from './define.ts';

/** SameValueZero: -0 is 0. */
function normal(key: Value): Value {
  return Object.is(key, -0) ? 0 : key;
}

/** Key of the location: objects by their identity, strings apart from the machine's own keys. */
function place(key: Value): unknown {
  return isObject(key) ? `\u0000#${key.id}` : typeof key === 'string' && key.startsWith('\u0000') ? `\u0000s${key}` : key;
}

/** Does `use` with the key that an unknown value stands for in this collection, or stops before it. */
function withKey(m: Machine, map: JsMap, key: Value, use: (map: JsMap, key: Value) => Value): Value {
  if (typeof key === 'string') {
    if (!m.isDriven()) return use(map, key);
    const known = m.unknownKeyFor(map, key, map.entries, (map.index.get(key) ?? -1) >= 0);
    return known === undefined ? STOP : use(map, known);
  }
  if (!(key instanceof Opaque) || map.index.has(key)) return use(map, key);
  m.read(map, KEYS, undefined);
  const known = m.resolveKey(
    key,
    map.entries.flatMap((e) => (e ? [e.key] : [])),
  );
  return known === undefined ? STOP : use(map, known);
}

export function mapGet(m: Machine, map: JsMap, key: Value): Value {
  const k = normal(key);
  const at = map.index.get(k) ?? -1;
  const value = at < 0 ? undefined : map.entries[at]?.value;
  m.read(map, place(k), value);
  return value;
}

export function mapHas(m: Machine, map: JsMap, key: Value): boolean {
  const k = normal(key);
  const has = (map.index.get(k) ?? -1) >= 0;
  m.read(map, place(k), has);
  return has;
}

export function mapSet(m: Machine, map: JsMap, key: Value, value: Value): void {
  const k = normal(key);
  const at = map.index.get(k) ?? -1;
  const before = at < 0 ? undefined : map.entries[at]?.value;
  if (map.shared) {
    m.write(map, place(k), value, before);
    if (at < 0) m.write(map, KEYS, map.size + 1, map.size);
    m.escape(map, k);
    m.escape(map, value);
  }
  if (isObject(value) && value.label === null) value.label = m.ops.show(k);
  if (at >= 0) {
    m.trail.arraySet(map.entries, at, { key: k, value });
    return;
  }
  m.trail.mapSet(map.index, k as unknown, map.entries.length);
  m.trail.push(map.entries, { key: k, value });
  m.trail.set(map, 'size', map.size + 1);
}

export function mapDelete(m: Machine, map: JsMap, key: Value): boolean {
  const k = normal(key);
  const at = map.index.get(k) ?? -1;
  if (at < 0) {
    m.read(map, place(k), undefined);
    return false;
  }
  m.remove(map, place(k), map.entries[at]?.value);
  m.write(map, KEYS, map.size - 1, map.size);
  m.trail.mapSet(map.index, k as unknown, -1);
  m.trail.arraySet(map.entries, at, null);
  m.trail.set(map, 'size', map.size - 1);
  return true;
}

function clear(m: Machine, map: JsMap): void {
  m.write(map, KEYS, 0, map.size);
  map.entries.forEach((e, i) => {
    if (!e) return;
    m.remove(map, place(e.key), e.value);
    m.trail.mapSet(map.index, e.key as unknown, -1);
    m.trail.arraySet(map.entries, i, null);
  });
  m.trail.set(map, 'size', 0);
}

export function installCollections(m: Machine): void {
  const s = state(m);
  const self = (n: Machine, t: Value, className: string, method: string): JsMap =>
    t instanceof JsMap && t.className === className
      ? t
      : throwError(
          n,
          'TypeError',
          `Method ${className}.prototype.${method} called on incompatible receiver ${isObject(t) ? describe(n, t) : n.ops.show(t)}`,
        );
  for (const className of ['Map', 'Set', 'WeakMap', 'WeakSet'] as const) {
    const isMap = className.endsWith('Map');
    const isWeak = className.startsWith('Weak');
    const proto = s.intrinsics[className];
    constructor(m, className, 0, proto, (n, _t, [source], newTarget) => {
      if (newTarget === undefined) throwError(n, 'TypeError', `Constructor ${className} requires 'new'`);
      const map = n.adopt(new JsMap(prototypeFor(n, newTarget, proto), className));
      if (source === undefined || source === null) return map;
      const adder = getProperty(n, map, isMap ? 'set' : 'add', map);
      const items = isObject(adder) && adder.intrinsic ? nativeItems(n, source) : null;
      const plain = items?.every((e) => !isMap || e instanceof JsArray);
      if (!items || !plain) return chain(n, prelude(n, 'fillCollection', [map, source, adder, isMap]), () => map);
      for (const e of items) {
        if (e instanceof JsArray && isMap) mapSet(n, map, e.items[0], e.items[1]);
        else mapSet(n, map, e, e);
      }
      return map;
    });
    const check = (n: Machine, key: Value): void => {
      if (isWeak && !isObject(key) && !(key instanceof JsSymbol) && !(key instanceof Opaque))
        throwError(n, 'TypeError', `Invalid value used ${isMap ? 'as weak map key' : 'in weak set'}`);
    };
    const table: MethodTable = {
      has: [1, (n, t, [key]) => withKey(n, self(n, t, className, 'has'), key, (map, k) => mapHas(n, map, k))],
      delete: [1, (n, t, [key]) => withKey(n, self(n, t, className, 'delete'), key, (map, k) => mapDelete(n, map, k))],
    };
    if (isMap) {
      table.get = [1, (n, t, [key]) => withKey(n, self(n, t, className, 'get'), key, (map, k) => mapGet(n, map, k))];
      table.set = [
        2,
        (n, t, [key, value]) => {
          const map = self(n, t, className, 'set');
          check(n, key);
          return withKey(n, map, key, (self, k) => {
            mapSet(n, self, k, value);
            return t;
          });
        },
      ];
    } else {
      table.add = [
        1,
        (n, t, [key]) => {
          const set = self(n, t, className, 'add');
          check(n, key);
          if (set.shared && (set.index.get(normal(key)) ?? -1) >= 0) n.write(set, place(normal(key)), key, key);
          else mapSet(n, set, key, normal(key));
          return t;
        },
      ];
    }
    if (!isWeak) {
      table.clear = [
        0,
        (n, t) => {
          clear(n, self(n, t, className, 'clear'));
          return undefined;
        },
      ];
      const iteratorProto = isMap ? s.intrinsics.MapIterator : s.intrinsics.SetIterator;
      for (const kind of ['keys', 'values', 'entries'] as const) {
        table[kind] = [0, (n, t) => n.adopt(new JsIterator(iteratorProto, self(n, t, className, kind), kind, `${className} Iterator`))];
      }
    }
    methods(m, proto, table);
    if (!isWeak) {
      getter(m, proto, 'size', (n, t) => {
        const map = self(n, t, className, 'size');
        n.read(map, KEYS, map.size);
        return map.size;
      });
      symbolMethod(m, proto, s.symbols.iterator, isMap ? 'entries' : 'values', () => undefined);
      const own = proto.properties.get(s.symbols.iterator);
      const standard = proto.properties.get(isMap ? 'entries' : 'values')?.value;
      if (own) own.value = standard;
      if (!isMap) {
        const keys = proto.properties.get('keys');
        if (keys) keys.value = standard;
      }
    }
    tag(m, proto, className);
  }
  constructor(m, 'WeakRef', 1, s.intrinsics.WeakRef, (n, _t, [target], newTarget) => {
    if (newTarget === undefined) throwError(n, 'TypeError', "Constructor WeakRef requires 'new'");
    const o = newObject(n, prototypeFor(n, newTarget, s.intrinsics.WeakRef));
    o.className = 'WeakRef';
    o.slot = target;
    return o;
  });
  // Nothing is ever collected: a weak reference stays good.
  methods(m, s.intrinsics.WeakRef, { deref: [0, (_n, t) => (t instanceof JsObject ? (t.slot as Value) : undefined)] });
  tag(m, s.intrinsics.WeakRef, 'WeakRef');
  const registry = m.adopt(new JsObject(s.intrinsics.Object));
  constructor(m, 'FinalizationRegistry', 1, registry, (n, _t, _args, newTarget) => newObject(n, prototypeFor(n, newTarget, registry)));
  methods(m, registry, { register: [2, () => undefined], unregister: [1, () => false] });
}
