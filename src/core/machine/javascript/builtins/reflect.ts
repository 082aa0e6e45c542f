/** Reflect. */
import { Raise } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import type { Frame } from '../../frame.ts';
import { Opaque, type Value } from '../../values.ts';
import { callFunction, construct, isCallable } from '../calls.ts';
import { asKey, toKey } from '../convert.ts';
import { chain, isObject, newNative, newObject, put, throwError } from '../objects.ts';
import { toDescriptor } from '../descriptors.ts';
import { defineOwn, deleteProperty, getProperty, hasProperty, setProperty } from '../properties.ts';
import { keysOf, newProxy, proxyDefine, proxyDelete } from '../proxy.ts';
import { JsFunction, type JsObject } from '../values.ts';
import { global, methods, tag } from './define.ts';
import { argumentList } from './function.ts';
import { computed, opaquePart } from '../opaque.ts';
import { defineOnUnknown, ownDescriptor, prototypeOf } from './object.ts';

function target(m: Machine, v: Value, name: string): JsObject {
  if (!isObject(v)) throwError(m, 'TypeError', `Reflect.${name} called on non-object`);
  return v;
}

/** What throws for Object answers false here. */
function succeeds(f: () => void): boolean {
  try {
    f();
    return true;
  } catch (e) {
    if (e instanceof Raise) return false;
    throw e;
  }
}

/** What Reflect does with something unknown; functions that are not here take other things. */
const ofUnknown: Record<string, (m: Machine, o: Opaque, args: readonly Value[]) => Value> = {
  has: (m, o, [key]) => m.ops.compare(m, 'in', key, o),
  get: (m, o, [key]) => m.ops.getIndex(m, o, key),
  set: (m, o, [key, v]) => chain(m, m.ops.setIndex(m, o, key, v), () => true),
  ownKeys: (m, o) => m.ops.intrinsic(m, 'js.forInKeys', [o], m.fiber?.top as Frame, undefined),
  getPrototypeOf: (m, o) => opaquePart(m, o, 'prototype'),
  setPrototypeOf: () => true,
  defineProperty: (m, o, [key, d]) => chain(m, defineOnUnknown(m, o, key, d), () => true),
  deleteProperty: (m, o, [key]) => chain(m, m.ops.delIndex(m, o, key), () => true),
  getOwnPropertyDescriptor: (m, o, args) => computed(m, 'Reflect.getOwnPropertyDescriptor', undefined, [o, ...args], false),
  isExtensible: () => true,
  preventExtensions: () => true,
};

export function installReflect(m: Machine): void {
  const reflect = newObject(m);
  methods(m, reflect, {
    has: [2, (n, _t, [o, key]) => chain(n, toKey(n, key), (k, name) => hasProperty(k, target(k, o, 'has'), asKey(name)))],
    get: [
      2,
      (n, _t, args) =>
        chain(n, toKey(n, args[1]), (k, name) =>
          getProperty(k, target(k, args[0], 'get'), asKey(name), args.length > 2 ? args[2] : args[0]),
        ),
    ],
    set: [
      3,
      (n, _t, args) =>
        chain(n, toKey(n, args[1]), (k, name) => {
          let r: Value;
          const done = succeeds(() => {
            r = setProperty(k, target(k, args[0], 'set'), asKey(name), args[2], args.length > 3 ? args[3] : args[0]);
          });
          return done ? chain(k, r, () => true) : false;
        }),
    ],
    ownKeys: [1, (n, _t, [o]) => keysOf(n, target(n, o, 'ownKeys'))],
    getPrototypeOf: [1, (n, _t, [o]) => prototypeOf(n, target(n, o, 'getPrototypeOf'))],
    setPrototypeOf: [
      2,
      (n, _t, [o, p]) => {
        n.trail.set(target(n, o, 'setPrototypeOf'), 'proto', isObject(p) ? p : null);
        return true;
      },
    ],
    apply: [
      3,
      (n, _t, [f, thisValue, list]) => {
        if (!isCallable(f))
          throwError(n, 'TypeError', `Function.prototype.apply was called on ${n.ops.show(f)}, which is ${typeof f} and not a function`);
        return argumentList(n, list, (k, args) => callFunction(k, f, thisValue, args));
      },
    ],
    construct: [
      2,
      (n, _t, all) => {
        const [f, list, newTarget] = all;
        if (f instanceof Opaque) return argumentList(n, list, (k, args) => construct(k, f, args, f));
        if (!(f instanceof JsFunction) || !f.isConstructor) throwError(n, 'TypeError', `${n.ops.show(f)} is not a constructor`);
        return argumentList(n, list, (k, args) => construct(k, f, args, all.length > 2 ? newTarget : f));
      },
    ],
    defineProperty: [
      3,
      (n, _t, [o, key, d]) =>
        chain(n, toKey(n, key), (k, name) => {
          const on = target(k, o, 'defineProperty');
          if (on.proxy !== null) return proxyDefine(k, on, asKey(name), toDescriptor(k, d));
          return succeeds(() => defineOwn(k, on, asKey(name), toDescriptor(k, d)));
        }),
    ],
    deleteProperty: [
      2,
      (n, _t, [o, key]) =>
        chain(n, toKey(n, key), (k, name) => {
          const on = target(k, o, 'deleteProperty');
          return on.proxy === null ? succeeds(() => deleteProperty(k, on, asKey(name))) : proxyDelete(k, on, asKey(name));
        }),
    ],
    getOwnPropertyDescriptor: [
      2,
      (n, _t, [o, key]) => chain(n, toKey(n, key), (k, name) => ownDescriptor(k, target(k, o, 'getOwnPropertyDescriptor'), asKey(name))),
    ],
    isExtensible: [1, (n, _t, [o]) => target(n, o, 'isExtensible').extensible],
    preventExtensions: [
      1,
      (n, _t, [o]) => {
        n.trail.set(target(n, o, 'preventExtensions'), 'extensible', false);
        return true;
      },
    ],
  });
  for (const [name, does] of Object.entries(ofUnknown)) {
    const own = reflect.properties.get(name)?.value;
    const inner = own instanceof JsFunction ? own.native : null;
    if (!(own instanceof JsFunction) || !inner) continue;
    own.native = (n, t, args, newTarget) => {
      const [o, ...rest] = args;
      return o instanceof Opaque ? does(n, o, rest) : inner(n, t, args, newTarget);
    };
  }
  const proxy = newNative(
    m,
    'Proxy',
    2,
    (n, _t, [o, handler], newTarget) =>
      newTarget === undefined ? throwError(n, 'TypeError', "Constructor Proxy requires 'new'") : newProxy(n, o, handler),
    true,
  );
  methods(m, proxy, {
    revocable: [
      2,
      (n, _t, [o, handler]) => {
        const made = newProxy(n, o, handler);
        const r = newObject(n);
        put(r, 'proxy', made);
        put(
          r,
          'revoke',
          newNative(n, '', 0, (k) => {
            if (made.proxy) k.trail.set(made, 'proxy', { target: made.proxy.target, handler: null });
            return undefined;
          }),
        );
        return r;
      },
    ],
  });
  global(m, 'Proxy', proxy);
  tag(m, reflect, 'Reflect');
  global(m, 'Reflect', reflect);
}
