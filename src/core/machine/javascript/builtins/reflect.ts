/** Reflect. */
import { Raise } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';
import { callFunction, construct, isCallable } from '../calls.ts';
import { asKey, toKey } from '../convert.ts';
import { chain, isObject, newArray, newObject, throwError } from '../objects.ts';
import { defineOwn, deleteProperty, getOwn, getProperty, hasProperty, ownKeys, setProperty } from '../properties.ts';
import { JsFunction, type JsObject } from '../values.ts';
import { global, methods, tag } from './define.ts';
import { argumentList } from './function.ts';
import { fromDescriptor, toDescriptor } from './object.ts';

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
    ownKeys: [1, (n, _t, [o]) => newArray(n, ownKeys(n, target(n, o, 'ownKeys')))],
    getPrototypeOf: [1, (n, _t, [o]) => target(n, o, 'getPrototypeOf').proto],
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
        if (!(f instanceof JsFunction) || !f.isConstructor) throwError(n, 'TypeError', `${n.ops.show(f)} is not a constructor`);
        return argumentList(n, list, (k, args) => construct(k, f, args, all.length > 2 ? newTarget : f));
      },
    ],
    defineProperty: [
      3,
      (n, _t, [o, key, d]) =>
        chain(n, toKey(n, key), (k, name) => succeeds(() => defineOwn(k, target(k, o, 'defineProperty'), asKey(name), toDescriptor(k, d)))),
    ],
    deleteProperty: [
      2,
      (n, _t, [o, key]) =>
        chain(n, toKey(n, key), (k, name) => succeeds(() => deleteProperty(k, target(k, o, 'deleteProperty'), asKey(name)))),
    ],
    getOwnPropertyDescriptor: [
      2,
      (n, _t, [o, key]) =>
        chain(n, toKey(n, key), (k, name) => fromDescriptor(k, getOwn(k, target(k, o, 'getOwnPropertyDescriptor'), asKey(name)))),
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
  tag(m, reflect, 'Reflect');
  global(m, 'Reflect', reflect);
}
