/**
 * Proxies (ECMA-262, 10.5). A trap runs as a frame of its own; an operation without a trap is the
 * target's. Where an operation of the machine cannot wait for a trap, the simulation ends there.
 */
import { Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import type { Value } from '../values.ts';
import { callFunction, construct, isCallable } from './calls.ts';
import { isTruthy } from './convert.ts';
import { chain, forCount, isObject, newArray, throwError } from './objects.ts';
import { fromDescriptor, partialDescriptor, toDescriptor } from './descriptors.ts';
import {
  defineOwn,
  deleteProperty,
  describe,
  getOwn,
  getProperty,
  hasProperty,
  keyText,
  ownKeys,
  setProperty,
  type Descriptor,
} from './properties.ts';
import { Flag, JsArray, JsFunction, JsObject, type Key, type ProxyParts } from './values.ts';

function parts(m: Machine, o: JsObject, trap: string): { target: JsObject; handler: JsObject } {
  const { target, handler } = o.proxy as ProxyParts;
  if (handler === null) throwError(m, 'TypeError', `Cannot perform '${trap}' on a proxy that has been revoked`);
  return { target, handler };
}

/** Calls the trap with the target and `args`, then `then` with what it gave; `otherwise` when the handler has none. */
function trapped(
  m: Machine,
  o: JsObject,
  name: string,
  args: readonly Value[],
  otherwise: (m: Machine, target: JsObject) => Value,
  then: (m: Machine, v: Value, target: JsObject) => Value,
): Value {
  const { target, handler } = parts(m, o, name);
  return chain(m, getProperty(m, handler, name, handler), (n, trap) => {
    if (trap === undefined || trap === null) return otherwise(n, target);
    if (!isCallable(trap))
      throwError(
        n,
        'TypeError',
        `${n.ops.show(trap)} returned for property '${name}' of object '${describe(n, handler)}' is not a function`,
      );
    return chain(n, callFunction(n, trap, handler, [target, ...args]), (k, v) => then(k, v, target));
  });
}

/** The target of an operation that cannot wait for a trap. */
export function forwarded(m: Machine, o: JsObject, name: string): JsObject {
  const { target, handler } = parts(m, o, name);
  for (let h: JsObject | null = handler; h; h = h.proto)
    if (!h.intrinsic && getOwn(m, h, name)) throw new Unsupported(`a Proxy with the trap ${name} in this place`);
  return target;
}

export function proxyGet(m: Machine, o: JsObject, key: Key, receiver: Value): Value {
  return trapped(
    m,
    o,
    'get',
    [key, receiver],
    (n, target) => getProperty(n, target, key, receiver === o ? o : receiver),
    (n, v, target) => {
      const own = target.proxy === null ? getOwn(n, target, key) : undefined;
      if (own && !(own.flags & (Flag.Configurable | Flag.Writable | Flag.Accessor)) && !Object.is(own.value, v))
        throwError(
          n,
          'TypeError',
          `'get' on proxy: property '${keyText(key)}' is a read-only and non-configurable data property on the proxy target but the proxy did not return its actual value (expected '${String(own.value)}' but got '${String(v)}')`,
        );
      return v;
    },
  );
}

function refuse(m: Machine, trap: string, key: Key): never {
  return throwError(m, 'TypeError', `'${trap}' on proxy: trap returned falsish for property '${keyText(key)}'`);
}

export function proxySet(m: Machine, o: JsObject, key: Key, value: Value, receiver: Value): Value {
  return trapped(
    m,
    o,
    'set',
    [key, value, receiver],
    (n, target) => setProperty(n, target, key, value, receiver),
    (n, v) => (isTruthy(v) ? undefined : refuse(n, 'set', key)),
  );
}

/** The end of an ordinary assignment whose receiver is a proxy: [[GetOwnProperty]], then [[DefineOwnProperty]]. */
export function proxyAssign(m: Machine, o: JsObject, key: Key, value: Value): Value {
  return chain(m, proxyOwn(m, o, key), (n, own) =>
    chain(
      n,
      proxyDefine(n, o, key, own === undefined ? { value, writable: true, enumerable: true, configurable: true } : { value }),
      () => undefined,
    ),
  );
}

/** A property descriptor object, or undefined. */
export function proxyOwn(m: Machine, o: JsObject, key: Key): Value {
  return trapped(
    m,
    o,
    'getOwnPropertyDescriptor',
    [key],
    (n, target) => (target.proxy ? proxyOwn(n, target, key) : fromDescriptor(n, getOwn(n, target, key))),
    (_n, v) => v,
  );
}

export function proxyDefine(m: Machine, o: JsObject, key: Key, d: Descriptor): Value {
  return trapped(
    m,
    o,
    'defineProperty',
    [key, partialDescriptor(m, d)],
    (n, target) => {
      if (target.proxy) return proxyDefine(n, target, key, d);
      defineOwn(n, target, key, d);
      return true;
    },
    (n, v) => (isTruthy(v) ? true : refuse(n, 'defineProperty', key)),
  );
}

export function proxyDelete(m: Machine, o: JsObject, key: Key): Value {
  return trapped(
    m,
    o,
    'deleteProperty',
    [key],
    (n, target) => (target.proxy ? proxyDelete(n, target, key) : deleteProperty(n, target, key)),
    (n, v) => (isTruthy(v) ? true : refuse(n, 'deleteProperty', key)),
  );
}

export function proxyHas(m: Machine, o: JsObject, key: Key): Value {
  return trapped(
    m,
    o,
    'has',
    [key],
    (n, target) => hasProperty(n, target, key),
    (_n, v) => isTruthy(v),
  );
}

/** An array of own keys. */
export function keysOf(m: Machine, o: JsObject): Value {
  if (o.proxy === null) return newArray(m, ownKeys(m, o));
  return trapped(
    m,
    o,
    'ownKeys',
    [],
    (n, target) => keysOf(n, target),
    (n, v) => (v instanceof JsArray ? v : throwError(n, 'TypeError', 'CreateListFromArrayLike called on non-object')),
  );
}

/** Goes on with the own keys of any object that are enumerable. */
export function withEnumerable(m: Machine, o: JsObject, then: (m: Machine, keys: Key[]) => Value): Value {
  if (o.proxy === null)
    return then(
      m,
      ownKeys(m, o).filter((k) => (getOwn(m, o, k)?.flags ?? 0) & Flag.Enumerable),
    );
  return chain(m, keysOf(m, o), (n, list) => {
    const keys = (list as JsArray).items as Key[];
    const kept = newArray(n, []);
    return forCount(
      n,
      keys.length,
      (h, i) =>
        chain(h, proxyOwn(h, o, keys[i] as Key), (g, own) => {
          if (isObject(own) && toDescriptor(g, own).enumerable === true) g.trail.push(kept.items, keys[i]);
          return undefined;
        }),
      (h) => then(h, kept.items as Key[]),
    );
  });
}

export function newProxy(m: Machine, target: Value, handler: Value): JsObject {
  if (!isObject(target) || !isObject(handler)) {
    if (target instanceof JsObject === false && typeof target === 'object' && target !== null)
      throw new Unsupported('a Proxy of an unknown value');
    return throwError(m, 'TypeError', 'Cannot create proxy with a non-object as target or handler');
  }
  if (!(target instanceof JsFunction)) {
    const o = m.adopt(new JsObject(target.proto));
    o.proxy = { target, handler };
    return o;
  }
  const f = m.adopt(new JsFunction(target.proto));
  f.proxy = { target, handler };
  f.name = target.name;
  f.isConstructor = target.isConstructor;
  f.native = (n, thisValue, args, newTarget) =>
    newTarget === undefined
      ? trapped(
          n,
          f,
          'apply',
          [thisValue, newArray(n, [...args])],
          (k, t) => callFunction(k, t, thisValue, args),
          (_k, v) => v,
        )
      : trapped(
          n,
          f,
          'construct',
          [newArray(n, [...args]), newTarget],
          (k, t) => construct(k, t, args, newTarget === f ? t : newTarget),
          (k, v) => (isObject(v) ? v : throwError(k, 'TypeError', 'proxy [[Construct]] must return an object')),
        );
  return f;
}
