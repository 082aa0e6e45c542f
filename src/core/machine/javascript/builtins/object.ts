/** Object and its prototype. */
import { STOP, Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { KEYS, Opaque, type Value } from '../../values.ts';
import { isTyped } from '../binary/store.ts';
import { prototypeFor } from '../calls.ts';
import { asKey, toKey, toObject } from '../convert.ts';
import { nativeItems, prelude } from '../iteration.ts';
import { fromDescriptor, toDescriptor } from '../descriptors.ts';
import { chain, forCount, isObject, newArray, newObject, put, throwError } from '../objects.ts';
import { add, defineOwn, getOwn, getProperty, getValueProperty, hasOwn, ownKeys, setValueProperty } from '../properties.ts';
import { forwarded, proxyDefine, proxyOwn, withEnumerable } from '../proxy.ts';
import { opaquePart } from '../opaque.ts';
import { unknownEntries } from '../unknown-json.ts';
import { state } from '../state.ts';
import { Flag, JsArray, JsFunction, JsObject, Property, type Key } from '../values.ts';
import { computing, constructor, method, methods } from './define.ts';

/** A descriptor object of an own property, or undefined. */
export function ownDescriptor(m: Machine, o: JsObject, key: Key): Value {
  return o.proxy === null ? fromDescriptor(m, getOwn(m, o, key)) : proxyOwn(m, o, key);
}

export function prototypeOf(m: Machine, o: JsObject): JsObject | null {
  return o.proxy === null ? o.proto : prototypeOf(m, forwarded(m, o, 'getPrototypeOf'));
}

/** Own enumerable entries in order, values read one after another (getters run). Of something unknown, those that it may have. */
function collect(m: Machine, v: Value, make: (m: Machine, key: Value, value: Value) => Value): Value {
  const out = newArray(m, []);
  if (v instanceof Opaque) return collectUnknown(m, v, out, make);
  const o = toObject(m, v);
  return withEnumerable(m, o, (h, all) => {
    const keys = all.filter((k) => typeof k === 'string');
    return forCount(
      h,
      keys.length,
      (n, i) => {
        const key = keys[i] ?? '';
        return chain(n, getProperty(n, o, key, o), (k, value) => {
          k.trail.push(out.items, make(k, key, value));
          return undefined;
        });
      },
      (n) => (o.rest === null ? out : collectUnknown(n, o.rest, out, make)),
    );
  });
}

function collectUnknown(m: Machine, o: Opaque, out: JsArray, make: (m: Machine, key: Value, value: Value) => Value): Value {
  const entries = unknownEntries(m, o);
  if (entries === null) return STOP;
  for (const [key, value] of entries) out.items.push(make(m, key, value));
  return out;
}

function integrity(m: Machine, v: Value, level: 'frozen' | 'sealed'): Value {
  if (!isObject(v)) return v;
  if (v.proxy !== null) throw new Unsupported('freezing a Proxy');
  if (isTyped(v) && v.byteLength > 0 && level === 'frozen') throwError(m, 'TypeError', 'Cannot freeze array buffer views with elements');
  m.write(v, KEYS, undefined, null);
  m.trail.set(v, 'extensible', false);
  if (v instanceof JsArray) m.trail.set(v, 'slot', level);
  for (const k of ownKeys(m, v)) {
    const p = v.properties.get(k);
    if (!p) continue;
    const drop = Flag.Configurable | (level === 'frozen' && !(p.flags & Flag.Accessor) ? Flag.Writable : 0);
    m.trail.set(p, 'flags', p.flags & ~drop);
  }
  return v;
}

function hasIntegrity(m: Machine, v: Value, level: 'frozen' | 'sealed'): boolean {
  if (!isObject(v)) return true;
  if (v.extensible) return false;
  if (v instanceof JsArray && v.items.length > 0 && v.slot !== 'frozen' && (level === 'frozen' || v.slot !== 'sealed')) return false;
  for (const k of v.properties.keys()) {
    const p = getOwn(m, v, k);
    if (!p) continue;
    if (p.flags & Flag.Configurable) return false;
    if (level === 'frozen' && !(p.flags & Flag.Accessor) && p.flags & Flag.Writable) return false;
  }
  return true;
}

/** `[object Tag]`. */
export function objectToString(m: Machine, v: Value): Value {
  if (v === undefined) return '[object Undefined]';
  if (v === null) return '[object Null]';
  const o = toObject(m, v);
  const builtin =
    o instanceof JsArray
      ? o.className === 'Arguments'
        ? 'Arguments'
        : 'Array'
      : o instanceof JsFunction
        ? 'Function'
        : ['Error', 'Boolean', 'Number', 'String', 'Date', 'RegExp'].includes(o.className)
          ? o.className
          : 'Object';
  return chain(m, getValueProperty(m, v, state(m).symbols.toStringTag), (_, tag) => `[object ${typeof tag === 'string' ? tag : builtin}]`);
}

function isOwn(m: Machine, v: Value, key: Key): Value {
  if (v instanceof Opaque) return m.ops.compare(m, 'in', key, v);
  const o = toObject(m, v);
  return o.proxy === null ? hasOwn(m, o, key) : chain(m, proxyOwn(m, o, key), (_n, d) => d !== undefined);
}

function isKnown(v: Value): boolean {
  return !(v instanceof Opaque) && !(v instanceof JsObject && v.rest !== null);
}

/** A property of something unknown is the value it is given; what a getter gives is not known. */
export function defineOnUnknown(m: Machine, o: Opaque, key: Value, d: Value): Value {
  return chain(m, toKey(m, key), (n, name) => {
    const value = isObject(d) ? getOwn(n, d, 'value') : undefined;
    return value ? chain(n, setValueProperty(n, o, asKey(name), value.value), () => o) : o;
  });
}

/** An object whose prototype nobody can see into. */
function inheriting(m: Machine, p: Opaque): JsObject {
  const base = newObject(m);
  base.className = 'Unknown';
  base.slot = p;
  return newObject(m, base);
}

export function installObject(m: Machine): void {
  const proto = state(m).intrinsics.Object;
  const f = constructor(m, 'Object', 1, proto, (n, _this, args, newTarget) => {
    if (newTarget !== undefined && newTarget !== f) return newObject(n, prototypeFor(n, newTarget, proto));
    if (args[0] instanceof Opaque) return args[0];
    return args[0] === undefined || args[0] === null ? newObject(n) : toObject(n, args[0]);
  });
  methods(m, f, {
    keys: [
      1,
      (n, _t, [v]) =>
        isKnown(v)
          ? withEnumerable(n, toObject(n, v), (k, keys) =>
              newArray(
                k,
                keys.filter((key) => typeof key === 'string'),
              ),
            )
          : collect(n, v, (_k, key) => key),
    ],
    values: [1, (n, _t, [v]) => collect(n, v, (_k, _key, value) => value)],
    entries: [1, (n, _t, [v]) => collect(n, v, (k, key, value) => newArray(k, [key, value]))],
    assign: [
      2,
      (n, _t, args) => {
        const target = args[0] instanceof Opaque ? args[0] : toObject(n, args[0]);
        return forCount(
          n,
          args.length - 1,
          (k, i) => {
            const source = args[i + 1];
            if (source === undefined || source === null) return undefined;
            if (source instanceof Opaque) return isObject(target) ? k.ops.copyProperties(k, target, source, []) : undefined;
            const from = toObject(k, source);
            return withEnumerable(k, from, (g, keys) =>
              forCount(
                g,
                keys.length,
                (h, j) => {
                  const key = keys[j];
                  if (key === undefined) return undefined;
                  return chain(h, getProperty(h, from, key, from), (e, value) => setValueProperty(e, target, key, value));
                },
                () => undefined,
              ),
            );
          },
          () => target,
        );
      },
    ],
    create: [
      2,
      (n, _t, [p, d]) => {
        if (p instanceof Opaque) return inheriting(n, p);
        if (!isObject(p) && p !== null) throwError(n, 'TypeError', `Object prototype may only be an Object or null: ${n.ops.show(p)}`);
        const o = newObject(n, p);
        if (isObject(d)) for (const k of ownKeys(n, d)) defineOwn(n, o, k, toDescriptor(n, getProperty(n, d, k, d)));
        return o;
      },
    ],
    getPrototypeOf: [1, (n, _t, [v]) => (v instanceof Opaque ? opaquePart(n, v, 'prototype') : prototypeOf(n, toObject(n, v)))],
    setPrototypeOf: [
      2,
      (n, _t, [v, p]) => {
        if (isObject(v)) {
          n.write(v, 'prototype', p, v.proto);
          n.trail.set(v, 'proto', isObject(p) ? p : null);
        }
        return v;
      },
    ],
    defineProperty: [
      3,
      (n, _t, [o, key, d]) => {
        if (o instanceof Opaque) return defineOnUnknown(n, o, key, d);
        if (!isObject(o)) throwError(n, 'TypeError', 'Object.defineProperty called on non-object');
        return chain(n, toKey(n, key), (k, name) => {
          if (o.proxy !== null) return chain(k, proxyDefine(k, o, asKey(name), toDescriptor(k, d)), () => o);
          defineOwn(k, o, asKey(name), toDescriptor(k, d));
          return o;
        });
      },
    ],
    defineProperties: [
      2,
      (n, _t, [o, d]) => {
        if (o instanceof Opaque) {
          if (isObject(d)) for (const k of ownKeys(n, d)) defineOnUnknown(n, o, k, getProperty(n, d, k, d));
          return o;
        }
        if (!isObject(o)) throwError(n, 'TypeError', 'Object.defineProperties called on non-object');
        if (isObject(d)) for (const k of ownKeys(n, d)) defineOwn(n, o, k, toDescriptor(n, getProperty(n, d, k, d)));
        return o;
      },
    ],
    getOwnPropertyNames: [
      1,
      (n, _t, [v]) =>
        isKnown(v)
          ? newArray(
              n,
              ownKeys(n, toObject(n, v)).filter((k) => typeof k === 'string'),
            )
          : collect(n, v, (_k, key) => key),
    ],
    getOwnPropertySymbols: [
      1,
      (n, _t, [v]) =>
        newArray(
          n,
          ownKeys(n, toObject(n, v)).filter((k) => typeof k !== 'string'),
        ),
    ],
    getOwnPropertyDescriptor: [2, (n, _t, [v, key]) => chain(n, toKey(n, key), (k, name) => ownDescriptor(k, toObject(k, v), asKey(name)))],
    getOwnPropertyDescriptors: [
      1,
      (n, _t, [v]) => {
        const o = toObject(n, v);
        const out = newObject(n);
        for (const k of ownKeys(n, o)) put(out, k, fromDescriptor(n, getOwn(n, o, k)));
        return out;
      },
    ],
    freeze: [1, (n, _t, [v]) => integrity(n, v, 'frozen')],
    seal: [1, (n, _t, [v]) => integrity(n, v, 'sealed')],
    preventExtensions: [
      1,
      (n, _t, [v]) => {
        if (isObject(v)) n.trail.set(v, 'extensible', false);
        return v;
      },
    ],
    isFrozen: [1, (n, _t, [v]) => hasIntegrity(n, v, 'frozen')],
    isSealed: [1, (n, _t, [v]) => hasIntegrity(n, v, 'sealed')],
    isExtensible: [1, (_n, _t, [v]) => isObject(v) && v.extensible],
    is: [2, (_n, _t, [a, b]) => Object.is(a, b)],
    hasOwn: [2, (n, _t, [v, key]) => chain(n, toKey(n, key), (k, name) => isOwn(k, v, asKey(name)))],
    fromEntries: [1, (n, _t, [v]) => fromEntries(n, v)],
  });
  computing(f, ['getOwnPropertyDescriptor', 'getOwnPropertyDescriptors', 'getOwnPropertySymbols']);
  methods(m, proto, {
    hasOwnProperty: method(1, (n, t, [key]) => chain(n, toKey(n, key), (k, name) => isOwn(k, t, asKey(name)))),
    isPrototypeOf: method(1, (_n, t, [v]) => {
      for (let p = isObject(v) ? v.proto : null; p; p = p.proto) if (p === t) return true;
      return false;
    }),
    propertyIsEnumerable: method(1, (n, t, [key]) =>
      chain(n, toKey(n, key), (k, name) => ((getOwn(k, toObject(k, t), asKey(name))?.flags ?? 0) & Flag.Enumerable) !== 0),
    ),
    toString: method(0, (n, t) => objectToString(n, t)),
    toLocaleString: method(0, (n, t) =>
      chain(n, getValueProperty(n, t, 'toString'), (k, g) => (g instanceof JsFunction ? n.ops.call(k, g, t, [], null) : '')),
    ),
    valueOf: method(0, (n, t) => toObject(n, t)),
  });
  proto.properties.set(
    '__proto__',
    new Property(
      undefined,
      Flag.Configurable | Flag.Accessor,
      nativeFunction(m, 'get __proto__', (n, t) => toObject(n, t).proto),
      nativeFunction(m, 'set __proto__', (n, t, [p]) => {
        if (isObject(t) && (isObject(p) || p === null)) n.trail.set(t, 'proto', p);
        return undefined;
      }),
    ),
  );
}

function nativeFunction(m: Machine, name: string, native: NonNullable<JsFunction['native']>): JsFunction {
  const f = m.adopt(new JsFunction(state(m).intrinsics.Function));
  f.native = native;
  f.name = name;
  return f;
}

function fromEntries(m: Machine, v: Value): Value {
  const items = nativeItems(m, v);
  if (!items) return chain(m, prelude(m, 'collect', [v]), (n, all) => fromEntries(n, all));
  const out = newObject(m);
  return forCount(
    m,
    items.length,
    (n, i) => {
      const e = items[i];
      if (!isObject(e) && !(e instanceof Opaque)) throwError(n, 'TypeError', `Iterator value ${n.ops.show(e)} is not an entry object`);
      return chain(n, getValueProperty(n, e, '0'), (k, key) =>
        chain(k, toKey(k, key), (h, name) =>
          chain(h, getValueProperty(h, e, '1'), (g, value) => {
            if (out.properties.has(name as Key)) setValueProperty(g, out, name as Key, value);
            else add(g, out, name as Key, new Property(value, Flag.All));
            return undefined;
          }),
        ),
      );
    },
    () => out,
  );
}
