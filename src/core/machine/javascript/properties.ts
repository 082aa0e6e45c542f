/**
 * Properties: lookup along prototypes, assignment, definition, deletion, own keys. Each operation on
 * a shared object is one access of a location named by the property (or index, or LENGTH/STRUCTURE
 * of an array). Methods found on a class's prototype are not shared state.
 */
import { STOP, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { HeapObject, KEYS, LENGTH, Opaque, STRUCTURE, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { chain, isObject, throwError } from './objects.ts';
import { elementIndex, getTyped, isTyped, lengthOf, setTyped } from './binary/store.ts';
import { assignModelPart, modelPart } from './database.ts';
import { broughtByScript, whetherUp } from '../lifecycles.ts';
import { opaquePart } from './opaque.ts';
import { listenedProperty } from './unknown-events.ts';
import { inheritedPart } from './inherited.ts';
import { forwarded, proxyAssign, proxyDelete, proxyGet, proxyHas, proxySet } from './proxy.ts';
import { state } from './state.ts';
import { Flag, HOLE, LAZY_STACK, JsArray, JsFunction, JsObject, JsSymbol, Property, SuperReference, type Key } from './values.ts';
import { deleteItem } from './unknown-json.ts';

/** An array index in canonical form, -1 when the key is not one. */
export function arrayIndex(key: Key): number {
  if (typeof key !== 'string' || key.length === 0 || key.length > 10) return -1;
  const c = key.charCodeAt(0);
  if (c < 48 || c > 57 || (c === 48 && key.length > 1)) return -1;
  const n = Number(key);
  return Number.isInteger(n) && n < 4294967295 && String(n) === key ? n : -1;
}

export function keyText(key: Key): string {
  return typeof key === 'string' ? key : `Symbol(${key.description ?? ''})`;
}

/** `name`, `length` and `prototype` of functions come into being when somebody looks. */
export function materialise(m: Machine, f: JsFunction): void {
  if (f.materialised) return;
  f.materialised = true;
  const had = f.properties;
  f.properties = new Map();
  f.properties.set('length', new Property(f.length, Flag.Configurable));
  f.properties.set('name', new Property(f.name, Flag.Configurable));
  const code = f.closure?.code;
  if (code && !had.has('prototype')) {
    if (code.isGenerator) {
      const i = state(m).intrinsics;
      const proto = new JsObject(code.isAsync ? i.AsyncGenerator : i.Generator);
      proto.id = f.id + 0.5;
      f.properties.set('prototype', new Property(proto, Flag.Writable));
    } else if (f.isConstructor && !f.isClass) {
      const proto = new JsObject(state(m).intrinsics.Object);
      // Numbered after its function, so that looking at it first in another order changes nothing.
      proto.id = f.id + 0.5;
      proto.shared = f.shared;
      proto.prototypeOf = f;
      proto.properties.set('constructor', new Property(f, Flag.Hidden));
      f.properties.set('prototype', new Property(proto, Flag.Writable));
    }
  }
  for (const [k, p] of had) f.properties.set(k, p);
}

/** Own property of any object, virtual ones (array elements, string characters) included. */
export function getOwn(m: Machine, o: JsObject, key: Key): Property | undefined {
  if (o.proxy !== null) return getOwn(m, forwarded(m, o, 'getOwnPropertyDescriptor'), key);
  if (o instanceof JsArray) {
    if (key === 'length') return new Property(o.items.length, o.extensible || o.slot !== 'frozen' ? Flag.Writable : 0);
    const i = arrayIndex(key);
    if (i >= 0) {
      const v = o.items[i];
      if (i >= o.items.length || v === HOLE) return undefined;
      return new Property(v, o.slot === 'frozen' ? Flag.Enumerable : o.slot === 'sealed' ? Flag.Enumerable | Flag.Writable : Flag.All);
    }
  } else if (isTyped(o)) {
    const i = elementIndex(o, key);
    if (i !== undefined) return i === null ? undefined : new Property(getTyped(m, o, i), Flag.All);
  } else if (o instanceof JsFunction) materialise(m, o);
  else if (o.className === 'String' && typeof o.slot === 'string') {
    if (key === 'length') return new Property(o.slot.length, 0);
    const i = arrayIndex(key);
    if (i >= 0 && i < o.slot.length) return new Property(o.slot[i], Flag.Enumerable);
  }
  const property = o.properties.get(key);
  if (property?.value === LAZY_STACK) m.trail.set(property, 'value', stackText(m, o));
  return property;
}

/** `Name: message` with one line for the frames the machine does not show. */
function stackText(m: Machine, o: JsObject): string {
  const find = (key: string): Value => {
    for (let p: JsObject | null = o; p; p = p.proto) {
      const own = getOwn(m, p, key);
      if (own) return own.value;
    }
    return undefined;
  };
  const name = find('name');
  const message = find('message');
  const head = typeof name === 'string' ? name : 'Error';
  const text = typeof message === 'string' ? message : '';
  return `${head === '' ? text : text === '' ? head : `${head}: ${text}`}\n    at <anonymous>`;
}

function logRead(m: Machine, o: JsObject, key: Key, value: Value): void {
  if (!o.shared) return;
  if (o instanceof JsArray) {
    const i = arrayIndex(key);
    if (i >= 0) m.read(o, STRUCTURE, undefined);
    m.read(o, key === 'length' ? LENGTH : i >= 0 ? i : key, value);
    return;
  }
  m.read(o, key, value);
}

/** Value of a property, PUSHED when a getter runs. */
export function getProperty(m: Machine, o: JsObject, key: Key, receiver: Value): Value {
  if (o instanceof JsArray) {
    // Elements and length, by far the most frequent.
    if (key === 'length') {
      m.read(o, LENGTH, o.items.length);
      return o.items.length;
    }
    const i = arrayIndex(key);
    if (i >= 0) return getElement(m, o, i);
  } else if (isTyped(o)) {
    const i = elementIndex(o, key);
    if (i !== undefined) return i === null ? undefined : getTyped(m, o, i);
  }
  for (let p: JsObject | null = o; p; p = p.proto) {
    if (p.proxy !== null) return proxyGet(m, p, key, receiver);
    const property = getOwn(m, p, key);
    if (!property) continue;
    if (property.flags & Flag.Accessor) {
      if (property.getter === undefined) return undefined;
      return callFunction(m, property.getter, receiver, []);
    }
    const value = property.value;
    if (o.shared) {
      if (p === o) {
        if (!(p.prototypeOf && value instanceof JsFunction)) logRead(m, o, key, value);
      } else if (!(p.intrinsic || p.prototypeOf) || !(value instanceof JsFunction)) {
        logRead(m, o, key, undefined);
        if (!p.intrinsic) logRead(m, p, key, value);
      }
    }
    return value;
  }
  if (o.shared) logRead(m, o, key, undefined);
  if (o.rest === null) return inheritedPart(m, o, key);
  return typeof key !== 'string' || /^(__esModule|default)$/.test(key) ? undefined : opaquePart(m, o.rest, key);
}

export function getElement(m: Machine, a: JsArray, i: number): Value {
  const v = i < a.items.length ? a.items[i] : HOLE;
  if (a.shared) {
    m.read(a, STRUCTURE, undefined);
    m.read(a, i, v === HOLE ? undefined : v);
    if (i >= a.items.length) m.read(a, LENGTH, a.items.length);
  }
  if (v !== HOLE) return v;
  const proto = a.proto;
  return proto && !proto.intrinsic ? getProperty(m, proto, String(i), a) : undefined;
}

/** Property of any value: primitives look at their prototype. */
export function getValueProperty(m: Machine, v: Value, key: Key): Value {
  if (v instanceof JsObject) return getProperty(m, v, key, v);
  if (typeof v === 'string') {
    if (key === 'length') return v.length;
    const i = arrayIndex(key);
    if (i >= 0) return v[i];
  }
  const proto = prototypeOfPrimitive(m, v);
  if (proto) return getProperty(m, proto, key, v);
  if (v instanceof SuperReference) return v.home ? getProperty(m, v.home, key, v.thisValue) : undefined;
  if (v instanceof Opaque) {
    const name = keyText(key);
    const there = broughtByScript(m, v, name);
    if (there === STOP || there === false) return there === STOP ? STOP : undefined;
    return modelPart(m, v, name) ?? whetherUp(m, v, name, false) ?? opaquePart(m, v, name);
  }
  if (v === undefined || v === null) throwError(m, 'TypeError', `Cannot read properties of ${String(v)} (reading '${keyText(key)}')`);
  throw new Unsupported(`a property of a ${(v as { type?: string }).type ?? typeof v}`);
}

export function prototypeOfPrimitive(m: Machine, v: Value): JsObject | null {
  const i = state(m).intrinsics;
  switch (typeof v) {
    case 'string':
      return i.String;
    case 'number':
      return i.Number;
    case 'boolean':
      return i.Boolean;
    case 'bigint':
      return i.BigInt;
    default:
      return v instanceof JsSymbol ? i.Symbol : null;
  }
}

/** `o[key] = value` in strict mode. */
export function setProperty(m: Machine, o: JsObject, key: Key, value: Value, receiver: Value): Value {
  if (o instanceof JsArray && receiver === o) {
    const i = arrayIndex(key);
    if (i >= 0) return setElement(m, o, i, value);
    if (key === 'length') return setLength(m, o, value);
  } else if (isTyped(o) && receiver === o) {
    const i = elementIndex(o, key);
    if (i !== undefined) return setTyped(m, o, i, value);
  }
  for (let p: JsObject | null = o; p; p = p.proto) {
    if (p.proxy !== null) return proxySet(m, p, key, value, receiver);
    const property = getOwn(m, p, key);
    if (!property) continue;
    if (property.flags & Flag.Accessor) {
      if (property.setter === undefined) {
        throwError(m, 'TypeError', `Cannot set property ${keyText(key)} of ${describe(m, receiver)} which has only a getter`);
      }
      return chain(m, callFunction(m, property.setter, receiver, [value]), () => undefined);
    }
    if (!(property.flags & Flag.Writable)) {
      throwError(
        m,
        'TypeError',
        `Cannot assign to read only property '${keyText(key)}' of ${typeof receiver === 'string' ? `string '${receiver}'` : `object '${describe(m, receiver)}'`}`,
      );
    }
    if (p === receiver) {
      write(m, p, key, property, value);
      return undefined;
    }
    break;
  }
  if (typeof receiver === 'string' && (key === 'length' || (arrayIndex(key) >= 0 && arrayIndex(key) < receiver.length)))
    throwError(m, 'TypeError', `Cannot assign to read only property '${keyText(key)}' of string '${receiver}'`);
  if (!(receiver instanceof JsObject))
    throwError(m, 'TypeError', `Cannot create property '${keyText(key)}' on ${typeof receiver} '${String(receiver)}'`);
  if (receiver.proxy !== null) return proxyAssign(m, receiver, key, value);
  const own = receiver === o ? undefined : getOwn(m, receiver, key);
  if (own) {
    write(m, receiver, key, own, value);
    return undefined;
  }
  if (!receiver.extensible) throwError(m, 'TypeError', `Cannot add property ${keyText(key)}, object is not extensible`);
  add(m, receiver, key, new Property(value, Flag.All));
  return undefined;
}

function write(m: Machine, o: JsObject, key: Key, property: Property, value: Value): void {
  m.write(o, key, value, property.value);
  m.escape(o, value);
  name(value, key);
  m.trail.set(property, 'value', value);
}

/** Adds an own property that is not there yet. */
export function add(m: Machine, o: JsObject, key: Key, property: Property): void {
  if (o.shared) {
    m.write(o, key, property.value, undefined);
    m.write(o, KEYS, undefined, null);
    m.escape(o, property.value);
    m.escape(o, property.getter);
    m.escape(o, property.setter);
  }
  name(property.value, key);
  m.trail.mapSet(o.properties, key, property);
}

function name(value: Value, key: Key): void {
  if (value instanceof HeapObject && value.label === null && typeof key === 'string') value.label = key;
}

export function setElement(m: Machine, a: JsArray, i: number, value: Value): Value {
  const items = a.items;
  if (a.slot === 'frozen') {
    if (i < items.length) throwError(m, 'TypeError', `Cannot assign to read only property '${i}' of object '[object Array]'`);
    throwError(m, 'TypeError', `Cannot add property ${i}, object is not extensible`);
  }
  if (i < items.length) {
    const before = items[i];
    if (a.shared) m.read(a, STRUCTURE, undefined);
    m.write(a, i, value, before === HOLE ? undefined : before);
    m.escape(a, value);
    m.trail.arraySet(items, i, value);
    return undefined;
  }
  if (!a.extensible) throwError(m, 'TypeError', `Cannot add property ${i}, object is not extensible`);
  if (i - items.length > 100_000) throw new Unsupported('a very sparse array');
  if (a.shared) {
    m.read(a, STRUCTURE, undefined);
    m.write(a, i, value, undefined);
    m.write(a, LENGTH, i + 1, items.length);
    m.escape(a, value);
  }
  while (items.length < i) m.trail.push(items, HOLE);
  m.trail.push(items, value);
  return undefined;
}

export function setLength(m: Machine, a: JsArray, given: Value): Value {
  let value = given;
  if (given instanceof Opaque) {
    // It stays as long as it is, or loses its last element.
    const { length } = a.items;
    const found = m.resolvedNumber(given) ?? (length > 0 ? m.resolveNumber(given, '<', length) : m.resolveNumber(given, '>', 0));
    if (found === undefined) return STOP;
    value = found;
  }
  const n = typeof value === 'number' ? value : Number(value);
  if (!Number.isInteger(n) || n < 0 || n > 4294967295) throwError(m, 'RangeError', 'Invalid array length');
  if (a.slot === 'frozen') throwError(m, 'TypeError', "Cannot assign to read only property 'length' of object '[object Array]'");
  const items = a.items;
  m.write(a, LENGTH, n, items.length);
  if (n < items.length) {
    if (a.shared) m.write(a, STRUCTURE, undefined, null);
    m.trail.splice(items, n, items.length - n, []);
  } else {
    if (n - items.length > 1_000_000) throw new Unsupported('a very long array');
    while (items.length < n) m.trail.push(items, HOLE);
  }
  return undefined;
}

/** `value[key] = v` for any value on the left. */
export function setValueProperty(m: Machine, o: Value, key: Key, value: Value): Value {
  if (o instanceof JsObject) return setProperty(m, o, key, value, o);
  if (o instanceof SuperReference) return isObject(o.thisValue) ? setProperty(m, o.thisValue, key, value, o.thisValue) : undefined;
  if (o instanceof Opaque) {
    if (o.model !== null) return assignModelPart(m, o, keyText(key), value);
    m.write(o, keyText(key), value, o.parts.get(keyText(key)));
    m.escape(o, value);
    m.trail.mapSet(o.parts, keyText(key), value);
    listenedProperty(m, o, keyText(key), value);
    return undefined;
  }
  if (o === undefined || o === null) throwError(m, 'TypeError', `Cannot set properties of ${String(o)} (setting '${keyText(key)}')`);
  const proto = prototypeOfPrimitive(m, o);
  return proto ? setProperty(m, proto, key, value, o) : undefined;
}

/** `delete o[key]` for any value. */
export function deleteFrom(m: Machine, o: Value, key: Key): Value {
  if (isObject(o) && o.proxy !== null) return proxyDelete(m, o, key);
  if (o instanceof Opaque) {
    m.remove(o, keyText(key), o.parts.get(keyText(key)));
    deleteItem(m, o, keyText(key));
  }
  return isObject(o) ? deleteProperty(m, o, key) : true;
}

export function deleteProperty(m: Machine, o: JsObject, key: Key): boolean {
  const property = getOwn(m, o, key);
  if (!property) {
    if (o.shared) logRead(m, o, key, undefined);
    return true;
  }
  if (!(property.flags & Flag.Configurable) || (isTyped(o) && elementIndex(o, key) !== undefined))
    throwError(m, 'TypeError', `Cannot delete property '${keyText(key)}' of ${describe(m, o)}`);
  if (o instanceof JsArray) {
    const i = arrayIndex(key);
    if (i >= 0) {
      m.remove(o, i, o.items[i]);
      m.trail.arraySet(o.items, i, HOLE);
      return true;
    }
  }
  m.remove(o, key, property.value);
  if (o.shared) m.write(o, KEYS, undefined, null);
  const rest = new Map(o.properties);
  rest.delete(key);
  m.trail.set(o, 'properties', rest);
  return true;
}

/** Own keys in the specification's order: indices ascending, then strings, then symbols. */
export function ownKeys(m: Machine, o: JsObject): Key[] {
  if (o.proxy !== null) return ownKeys(m, forwarded(m, o, 'ownKeys'));
  if (o instanceof JsFunction) materialise(m, o);
  const indices: number[] = [];
  const strings: Key[] = [];
  const symbols: Key[] = [];
  if (o instanceof JsArray) o.items.forEach((v, i) => v !== HOLE && indices.push(i));
  else if (isTyped(o)) for (let i = 0; i < lengthOf(o); i++) indices.push(i);
  else if (typeof o.slot === 'string' && o.className === 'String') for (let i = 0; i < o.slot.length; i++) indices.push(i);
  if (o instanceof JsArray || (o.className === 'String' && typeof o.slot === 'string')) strings.push('length');
  for (const key of o.properties.keys()) {
    if (key instanceof JsSymbol) symbols.push(key);
    else {
      const i = arrayIndex(key);
      if (i >= 0) indices.push(i);
      else strings.push(key);
    }
  }
  if (o.shared) {
    m.read(o, KEYS, undefined);
    if (o instanceof JsArray) {
      m.read(o, LENGTH, o.items.length);
      m.read(o, STRUCTURE, undefined);
    }
  }
  indices.sort((a, b) => a - b);
  return [...indices.map(String), ...strings, ...symbols];
}

/** Own enumerable string keys. */
export function enumerableKeys(m: Machine, o: JsObject): string[] {
  const out: string[] = [];
  for (const k of ownKeys(m, o)) {
    if (typeof k === 'string' && (getOwn(m, o, k)?.flags ?? 0) & Flag.Enumerable) out.push(k);
  }
  return out;
}

/** true, false, or PUSHED when a trap decides. */
export function hasProperty(m: Machine, o: JsObject, key: Key): Value {
  for (let p: JsObject | null = o; p; p = p.proto) {
    if (p.proxy !== null) return proxyHas(m, p, key);
    const own = getOwn(m, p, key);
    if (own) {
      if (p === o || !p.intrinsic) logRead(m, p, key, own.value);
      return true;
    }
  }
  if (o.shared) {
    logRead(m, o, key, undefined);
    if (o instanceof JsArray) m.read(o, LENGTH, o.items.length);
  }
  return false;
}

export function hasOwn(m: Machine, o: JsObject, key: Key): boolean {
  const own = getOwn(m, o, key);
  if (o.shared) logRead(m, o, key, own?.value);
  return own !== undefined;
}

/** Defines or redefines an own property as Object.defineProperty does, given a complete or partial descriptor. */
export interface Descriptor {
  value?: Value;
  get?: Value;
  set?: Value;
  writable?: boolean;
  enumerable?: boolean;
  configurable?: boolean;
}

export function defineOwn(m: Machine, o: JsObject, key: Key, d: Descriptor): void {
  if (o.proxy !== null) {
    defineOwn(m, forwarded(m, o, 'defineProperty'), key, d);
    return;
  }
  const old = getOwn(m, o, key);
  const flag = (given: boolean | undefined, bit: number): number => ((given ?? ((old?.flags ?? 0) & bit) !== 0) ? bit : 0);
  const isAccessor = 'get' in d || 'set' in d;
  if (old && !(old.flags & Flag.Configurable)) {
    const same =
      d.configurable !== true &&
      (d.enumerable === undefined || d.enumerable === ((old.flags & Flag.Enumerable) !== 0)) &&
      (isAccessor
        ? (old.flags & Flag.Accessor) !== 0 && (!('get' in d) || d.get === old.getter) && (!('set' in d) || d.set === old.setter)
        : (old.flags & Flag.Accessor) === 0 &&
          ((old.flags & Flag.Writable) !== 0 || (d.writable !== true && (!('value' in d) || Object.is(d.value, old.value)))));
    if (!same && !(o instanceof JsArray && key === 'length')) throwError(m, 'TypeError', `Cannot redefine property: ${keyText(key)}`);
  }
  if (!old && !o.extensible) throwError(m, 'TypeError', `Cannot define property ${keyText(key)}, object is not extensible`);
  if (o instanceof JsArray) {
    const i = arrayIndex(key);
    if (key === 'length') {
      if ('value' in d) setLength(m, o, d.value);
      return;
    }
    if (i >= 0) {
      if (isAccessor || d.writable === false || d.enumerable === false || d.configurable === false)
        throw new Unsupported('an array element with attributes');
      setElement(m, o, i, 'value' in d ? d.value : old?.value);
      return;
    }
  }
  if (isTyped(o) && elementIndex(o, key) !== undefined) {
    const isPlain = !isAccessor && d.writable !== false && d.enumerable !== false && d.configurable !== false;
    if (!old || !isPlain) throwError(m, 'TypeError', `Cannot redefine property: ${keyText(key)}`);
    if ('value' in d) setTyped(m, o, elementIndex(o, key) ?? null, d.value);
    return;
  }
  let flags = flag(d.enumerable, Flag.Enumerable) | flag(d.configurable, Flag.Configurable);
  let property: Property;
  if (isAccessor || (!('value' in d) && d.writable === undefined && old && old.flags & Flag.Accessor)) {
    flags |= Flag.Accessor;
    property = new Property(undefined, flags, 'get' in d ? d.get : old?.getter, 'set' in d ? d.set : old?.setter);
  } else {
    flags |= flag(d.writable, Flag.Writable);
    property = new Property('value' in d ? d.value : old && !(old.flags & Flag.Accessor) ? old.value : undefined, flags);
  }
  if (old) {
    m.write(o, key, property.value, old.value);
    m.escape(o, property.value);
    m.escape(o, property.getter);
    m.escape(o, property.setter);
    m.trail.mapSet(o.properties, key, property);
  } else add(m, o, key, property);
}

/** `#<Bank>` as V8 names objects in messages. */
export function describe(m: Machine, v: Value): string {
  if (v instanceof JsArray) return '[object Array]';
  if (isTyped(v)) return `[object ${v.className}]`;
  if (v instanceof JsObject && /^(Date|RegExp)$/.test(v.className)) return `[object ${v.className}]`;
  if (v instanceof JsObject && v.proxy !== null) return describe(m, v.proxy.target);
  if (v instanceof JsFunction) return v.isClass ? `class ${v.name} ` : `function '${v.name}'`;
  if (v instanceof JsObject) return `#<${constructorName(m, v)}>`;
  return String(v);
}

/** Name of the constructor an object seems to come from. */
export function constructorName(m: Machine, o: JsObject): string {
  for (let p: JsObject | null = o.proxy?.target ?? o; p; p = p.proto) {
    const c = getOwn(m, p, 'constructor')?.value;
    if (c instanceof JsFunction) {
      const n = getOwn(m, c, 'name')?.value;
      if (typeof n === 'string' && n !== '') return n;
    }
  }
  return 'Object';
}
