/** Waiting for the outside world: an unknown promise settles in a turn of its own, in any order. */
import type { Machine } from '../machine.ts';
import type { Lane } from '../process.ts';
import { RunResult } from '../run.ts';
import { Opaque, type Value } from '../values.ts';
import { schedule } from './loop.ts';
import { newPromise } from './objects.ts';
import { newOpaque } from './opaque.ts';
import { resolvePromise } from './promises.ts';
import type { JsPromise } from './values.ts';

/** A promise that the outside world settles with the value `make` gives when it does. */
export function externalPromise(m: Machine, lane: Lane, make: (m: Machine) => Value): JsPromise {
  const p = newPromise(m);
  schedule(m, {
    kind: 'io',
    lane,
    delay: 0,
    holds: [p],
    callback: () => {
      m.fiber = m.createFiber(lane);
      resolvePromise(m, p, make(m));
      return RunResult.Ended;
    },
  });
  return p;
}

/** `await` of an unknown value. */
export function awaitOpaque(m: Machine, o: Opaque): JsPromise {
  const lane = m.fiber?.lane ?? m.process.lane;
  return externalPromise(m, lane, (n) => {
    const made = newOpaque(n, `await ${o.name}`);
    made.definite = o.definite;
    made.from = o.from;
    return made;
  });
}

/** What calls that talk to the outside world give, by their names: `return fetch(url)` is waited for by who waits for the caller. */
const givesPromise =
  /(^|\.)(fetch|axios|request|get|post|put|patch|delete|head|query|execute|exec|send|load|save|find\w*|create|update|upsert|insert\w*|read\w*|write\w*|fetch\w*|invoke|connect|open|json|text|sleep|delay|\w+Async)$/;

function isLikelyPromise(v: Value): v is Opaque {
  return (
    v instanceof Opaque &&
    v.model === null &&
    v.from?.kind === 'call' &&
    givesPromise.test(v.from.callee.name) &&
    !v.name.startsWith('await ')
  );
}

/** What an asynchronous function or a handler returned, waited for when it is likely to be a promise. */
export function handedOn(m: Machine, v: Value): Value {
  return isLikelyPromise(v) ? awaitOpaque(m, v) : v;
}
