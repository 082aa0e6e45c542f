/** Waiting for the outside world: an unknown promise settles in a turn of its own, in any order. */
import type { Machine } from '../machine.ts';
import type { Lane } from '../process.ts';
import { RunResult } from '../run.ts';
import type { Opaque, Value } from '../values.ts';
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
