/** Waiting for the outside world: an unknown promise settles in a turn of its own, in any order. */
import { Bringing, brought } from '../lifecycles.ts';
import type { Machine } from '../machine.ts';
import type { Lane } from '../process.ts';
import { RunResult } from '../run.ts';
import { type HeapObject, Opaque, STATE, type Value } from '../values.ts';
import { STOP } from '../language.ts';
import { schedule } from './loop.ts';
import { newPromise } from './objects.ts';
import { failureOf, newOpaque } from './opaque.ts';
import { reject, resolvePromise } from './promises.ts';
import { getProperty } from './properties.ts';
import { state } from './state.ts';
import { JsFunction, JsObject, type JsPromise } from './values.ts';

/**
 * A promise that the outside world settles with the value `make` gives when it does; rejected as soon as
 * the signal that the call was handed is aborted.
 */
export function externalPromise(
  m: Machine,
  lane: Lane,
  make: (m: Machine) => Value,
  signal: HeapObject | null = null,
  effect: HeapObject | null = null,
  fails: ((m: Machine) => Value) | null = null,
): JsPromise {
  const p = newPromise(m);
  if (signal instanceof JsObject) {
    m.assume('a call that is handed an AbortSignal is taken to be rejected when that is aborted');
    const aborted = getProperty(m, signal, 'aborted', signal);
    if (aborted === true) {
      reject(m, p, getProperty(m, signal, 'reason', signal));
      return p;
    }
    m.trail.push(state(m).cancellable, { signal, promise: p });
  }
  schedule(m, {
    kind: 'io',
    lane,
    delay: 0,
    holds: [p, effect],
    callback: () => {
      if (signal !== null) m.sync(p, STATE, 'answers', 0, 0);
      if (p.state !== 'pending') return RunResult.Ended;
      if (effect instanceof Bringing) brought(m, effect);
      m.fiber = m.createFiber(lane);
      if (fails !== null) reject(m, p, fails(m));
      else resolvePromise(m, p, make(m));
      return RunResult.Ended;
    },
  });
  return p;
}

/** `await` of an unknown value. What a call gave is one promise, whoever waits for it. */
export function awaitOpaque(m: Machine, o: Opaque): JsPromise {
  return isOnePromise(o) ? onePromise(m, o, () => settling(m, o)) : settling(m, o);
}

function onePromise(m: Machine, o: Opaque, make: () => JsPromise): JsPromise {
  const promise = (o.promise as JsPromise | null) ?? make();
  if (o.promise === null) m.trail.set(o, 'promise', promise);
  if (o.shared) m.share(promise);
  return promise;
}

/** Parts of unknown objects may be other promises by the time they are looked at again, and queries are put once for each. */
export function isOnePromise(o: Opaque): boolean {
  return o.from?.kind === 'call' && o.model === null;
}

function settling(m: Machine, o: Opaque): JsPromise {
  const lane = m.fiber?.lane ?? m.process.lane;
  return externalPromise(
    m,
    lane,
    (n) => {
      // An object that the program made is no promise: waiting for it gives it.
      if (/^new [\w$.]+\(/.test(o.name) && o.from?.kind === 'call' && !/Promise\b|Deferred/.test(o.name)) return o;
      const made = newOpaque(n, `await ${o.name}`);
      made.definite = o.definite;
      made.from = o.from;
      made.signal = o.signal;
      if (o.same !== null) made.same = `await ${o.same}`;
      return made;
    },
    o.signal,
    o.effect,
  );
}

/** What `then` of an unknown value waits for; `handler`: what is called if it fails. STOP: the step must end first. */
export function answerOf(m: Machine, name: string, o: Value, handler: Value = undefined): Value {
  if (o instanceof Opaque && handler instanceof JsFunction && handler.closure !== null && m.failingCodes.has(handler.closure.code)) {
    const fails = m.fails(String(o.id), o.name);
    if (fails === null) return STOP;
    if (fails)
      return externalPromise(
        m,
        m.fiber?.lane ?? m.process.lane,
        () => undefined,
        null,
        null,
        (n) => failureOf(n, o),
      );
  }
  return o instanceof Opaque && isOnePromise(o) ? onePromise(m, o, () => answering(m, name, o)) : answering(m, name, o);
}

function answering(m: Machine, name: string, o: Value): JsPromise {
  const signal = o instanceof Opaque ? o.signal : null;
  return externalPromise(
    m,
    m.fiber?.lane ?? m.process.lane,
    (n) => {
      const made = newOpaque(n, name);
      made.signal = signal;
      return made;
    },
    signal,
    o instanceof Opaque ? o.effect : null,
  );
}

/** The signal was aborted: what waits for the calls that were handed it is rejected. */
export function abortCalls(m: Machine, signal: Value, reason: Value): void {
  for (const c of state(m).cancellable) if (c.signal === signal && c.promise.state === 'pending') reject(m, c.promise, reason);
}

/** What calls that talk to the outside world give, by their names: `return fetch(url)` is waited for by who waits for the caller. */
const givesPromise =
  /(^|\.)(fetch|axios|request|get|post|put|patch|delete|head|query|execute|exec|send|load|save|find\w*|create|update|upsert|insert\w*|read\w*|write\w*|fetch\w*|invoke|connect|open|json|text|sleep|delay|\w+Async)$/;

/** What is made into a promise though a call gave it (`Promise.resolve(load())`, `Promise.all([a(), b()])`) may be one already. */
export function mayBePromise(v: Value): v is Opaque {
  return v instanceof Opaque && v.model === null && v.from?.kind === 'call' && !v.name.startsWith('await ');
}

/** What an asynchronous function or a handler returned, waited for when it is likely to be a promise. */
export function handedOn(m: Machine, v: Value): Value {
  const isLikely = mayBePromise(v) && v.from?.kind === 'call' && givesPromise.test(v.from.callee.name);
  return isLikely ? awaitOpaque(m, v) : v;
}
