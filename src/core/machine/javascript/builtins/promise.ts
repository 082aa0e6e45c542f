/** Promise. The combinators are in the prelude. */
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';
import { callFunction, isCallable, prototypeFor } from '../calls.ts';
import { prelude } from '../iteration.ts';
import { chain, newObject, newPromise, put, throwError } from '../objects.ts';
import { awaitOpaque, mayBePromise } from '../external.ts';
import { reject, resolvePromise, resolvingFunctions, subscribe } from '../promises.ts';
import { getValueProperty } from '../properties.ts';
import { state } from '../state.ts';
import { JsObject, JsPromise } from '../values.ts';
import { constructor, getter, methods, tag } from './define.ts';

export function installAsync(m: Machine): void {
  const s = state(m);
  const proto = s.intrinsics.Promise;
  const f = constructor(m, 'Promise', 1, proto, (n, _t, [executor], newTarget) => {
    if (newTarget === undefined) throwError(n, 'TypeError', "Promise constructor cannot be invoked without 'new'");
    if (!isCallable(executor))
      throwError(n, 'TypeError', `Promise resolver ${executor === undefined ? 'undefined' : n.ops.show(executor)} is not a function`);
    const p = newPromise(n);
    p.proto = prototypeFor(n, newTarget, proto);
    const [resolve, rejecter] = resolvingFunctions(n, p);
    return chain(n, prelude(n, 'runExecutor', [executor, resolve, rejecter]), () => p);
  });
  s.promiseConstructor = f;
  getter(m, f, s.symbols.species, (_n, t) => t);
  /** A promise of the class `C` settled by functions the class's executor gave. */
  const ofClass = (n: Machine, c: Value, settle: (n: Machine, p: JsPromise) => void): Value => {
    if (c === f || !(c instanceof JsObject)) {
      const p = newPromise(n);
      settle(n, p);
      return p;
    }
    return chain(n, n.ops.construct(n, c, [s.prelude.get('noop')]), (k, p) => {
      if (p instanceof JsPromise) settle(k, p);
      return p;
    });
  };
  methods(m, f, {
    resolve: [
      1,
      (n, c, [v]) => {
        if (v instanceof JsPromise && v.proto === (c instanceof JsObject ? prototypeFor(n, c, proto) : proto)) return v;
        return mayBePromise(v) ? awaitOpaque(n, v) : ofClass(n, c, (k, p) => resolvePromise(k, p, v));
      },
    ],
    reject: [1, (n, c, [v]) => ofClass(n, c, (k, p) => reject(k, p, v))],
    withResolvers: [
      0,
      (n) => {
        const p = newPromise(n);
        const [resolve, rejecter] = resolvingFunctions(n, p);
        const o = newObject(n);
        put(o, 'promise', p);
        put(o, 'resolve', resolve);
        put(o, 'reject', rejecter);
        return o;
      },
    ],
  });
  const self = (n: Machine, t: Value, name: string): JsPromise =>
    t instanceof JsPromise
      ? t
      : throwError(n, 'TypeError', `Method Promise.prototype.${name} called on incompatible receiver ${n.ops.show(t)}`);
  methods(m, proto, {
    then: [
      2,
      (n, t, [onFulfilled, onRejected]) => {
        const p = self(n, t, 'then');
        const derived = newPromise(n);
        derived.proto = p.proto;
        subscribe(n, p, onFulfilled, onRejected, derived);
        return derived;
      },
    ],
    catch: [1, (n, t, [onRejected]) => chain(n, getValueProperty(n, t, 'then'), (k, g) => callFunction(k, g, t, [undefined, onRejected]))],
    finally: [1, (n, t, [onFinally]) => prelude(n, 'promiseFinally', [t, onFinally])],
  });
  s.promiseThen = proto.properties.get('then')?.value;
  tag(m, proto, 'Promise');
}
