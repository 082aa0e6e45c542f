/** Promises: settling, reactions, thenables, exactly the jobs of ECMA-262 section 27.2. */
import { PUSHED, Raise, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { RunResult } from '../run.ts';
import { STATE, type Value } from '../values.ts';
import { callFunction, isCallable } from './calls.ts';
import { handedOn } from './external.ts';
import { callOnFiber, enqueue } from './loop.ts';
import { isObject, makeError, newNative, newPromise } from './objects.ts';
import { getProperty } from './properties.ts';
import { state } from './state.ts';
import { JsFunction, JsPromise, type Reaction } from './values.ts';

export function fulfil(m: Machine, p: JsPromise, value: Value): void {
  settle(m, p, 'fulfilled', value);
}

export function reject(m: Machine, p: JsPromise, reason: Value): void {
  if (!p.handled) m.trail.push(state(m).rejected, p);
  settle(m, p, 'rejected', reason);
}

function settle(m: Machine, p: JsPromise, to: 'fulfilled' | 'rejected', value: Value): void {
  if (p.shared) {
    m.sync(p, STATE, to === 'fulfilled' ? 'resolve' : 'reject', 0, 0);
    m.escape(p, value);
  }
  const reactions = p.reactions;
  m.trail.set(p, 'state', to);
  m.trail.set(p, 'result', value);
  m.trail.set(p, 'reactions', []);
  m.trail.set(p, 'resolved', true);
  for (const r of reactions) enqueueReaction(m, r, value, to === 'rejected');
}

function enqueueReaction(m: Machine, r: Reaction, value: Value, failed: boolean): void {
  enqueue(m, r.lane, () => r.run(m, value, failed), r.place, r.stored);
}

/** PerformPromiseThen. */
export function performThen(m: Machine, p: JsPromise, reaction: Reaction): void {
  if (m.tracer) reaction.place = m.where();
  reaction.stored = state(m).stored;
  if (p.state === 'pending') {
    if (p.shared) {
      m.sync(p, STATE, 'await', 0, 0);
      for (const v of reaction.holds) m.share(v);
    }
    m.trail.push(p.reactions, reaction);
  } else {
    m.read(p, STATE, p.result);
    enqueueReaction(m, reaction, p.result, p.state === 'rejected');
  }
  if (!p.handled) m.trail.set(p, 'handled', true);
}

/** The promise's resolve function was called with `value`. */
export function resolvePromise(m: Machine, p: JsPromise, value: Value): void {
  if (value === p) {
    reject(m, p, makeError(m, 'TypeError', 'Chaining cycle detected for promise #<Promise>'));
    return;
  }
  if (!isObject(value)) {
    fulfil(m, p, value);
    return;
  }
  let then: Value;
  try {
    then = getProperty(m, value, 'then', value);
  } catch (e) {
    if (!(e instanceof Raise)) throw e;
    reject(m, p, e.value);
    return;
  }
  if (then === PUSHED) throw new Unsupported('a getter named then');
  if (!isCallable(then)) {
    fulfil(m, p, value);
    return;
  }
  const lane = currentLane(m);
  if (value instanceof JsPromise && then === state(m).promiseThen) {
    m.trail.set(value, 'handled', true);
    enqueue(m, lane, () => {
      performThen(m, value, settler(m, p));
      return RunResult.Ended;
    });
    return;
  }
  const f = then;
  enqueue(m, lane, () => {
    const [resolve, rejecter] = resolvingFunctions(m, p);
    return callOnFiber(m, lane, f, value, [resolve, rejecter], (reason, failed) => {
      if (failed) callFunction(m, rejecter, undefined, [reason]);
    });
  });
}

/** A reaction that hands the outcome on to another promise. */
function settler(m: Machine, p: JsPromise): Reaction {
  return {
    lane: currentLane(m),
    holds: [p],
    run: (n, value, failed) => {
      if (failed) reject(n, p, value);
      else resolvePromise(n, p, value);
      return RunResult.Ended;
    },
  };
}

function currentLane(m: Machine): Reaction['lane'] {
  return m.fiber?.lane ?? m.process.lane;
}

/** CreateResolvingFunctions: only the first call of the pair counts. */
export function resolvingFunctions(m: Machine, p: JsPromise): [JsFunction, JsFunction] {
  const used = newPromise(m);
  const make = (fails: boolean): JsFunction => {
    const f = newNative(m, '', 1, (n, _this, args) => {
      if (used.resolved) return undefined;
      if (p.shared) n.sync(p, STATE, fails ? 'reject' : 'resolve', 0, 0);
      n.trail.set(used, 'resolved', true);
      if (fails) reject(n, p, args[0]);
      else resolvePromise(n, p, args[0]);
      return undefined;
    });
    f.promise = p;
    return f;
  };
  return [make(false), make(true)];
}

/** PromiseResolve with the intrinsic constructor: native promises as they are. */
export function toPromise(m: Machine, v: Value): JsPromise {
  if (v instanceof JsPromise && v.proto === state(m).intrinsics.Promise) return v;
  const p = newPromise(m);
  resolvePromise(m, p, v);
  return p;
}

/** Promise.prototype.then with its derived promise. */
function isLibrary(f: Value): boolean {
  return f instanceof JsFunction && f.closure?.code.internal === true;
}

export function subscribe(m: Machine, p: JsPromise, onFulfilled: Value, onRejected: Value, derived: JsPromise | null): void {
  const lane = currentLane(m);
  // What a library function does as a handler is done for who handed it over: `load().then(setProfile)`.
  const errand = isLibrary(onFulfilled) || isLibrary(onRejected) ? m.errand() : null;
  performThen(m, p, {
    lane,
    holds: [onFulfilled, onRejected, derived],
    run: (n, value, failed) => {
      const handler = failed ? onRejected : onFulfilled;
      if (!isCallable(handler)) {
        if (derived) {
          if (failed) reject(n, derived, value);
          else resolvePromise(n, derived, value);
        }
        return RunResult.Ended;
      }
      const onEnd = (result: Value, threw: boolean): void => {
        if (!derived) return;
        if (threw) reject(n, derived, result);
        else resolvePromise(n, derived, isLibrary(handler) ? result : handedOn(n, result));
      };
      return callOnFiber(n, lane, handler, undefined, [value], onEnd, isLibrary(handler) ? errand : null);
    },
  });
}

/** It refers to what settles a promise: `(value) => resolve(value)`. */
export function capturesSettling(f: JsFunction): boolean {
  return f.closure?.free.some((c) => c.value instanceof JsFunction && c.value.promise !== null) === true;
}
