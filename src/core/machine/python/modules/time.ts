/** time: virtual, moved only by sleeping. Sleeping is where another thread naturally runs. */
import type { Machine } from '../../machine.ts';
import { PyFloat, type Value } from '../../values.ts';
import { builtins } from '../builtins.ts';
import { raise, typeError } from '../errors.ts';
import { defineModule, native } from '../library.ts';
import { isNumber, toDouble, floatRepr } from '../numbers.ts';
import { state } from '../runtime.ts';
import { reprOf } from '../text.ts';
import { typeName } from '../types.ts';

function sleep(m: Machine, args: readonly Value[]): Value {
  const v = args[0] ?? 0;
  if (!isNumber(v))
    return typeName(v) === 'opaque' ? wait(m, 'sleep(…)', 0) : typeError(m, `'${typeName(v)}' object cannot be interpreted as an integer`);
  const seconds = toDouble(v);
  if (seconds < 0) return raise(m, 'ValueError', 'sleep length must be non-negative');
  return wait(m, `sleep(${reprOf(v) ?? floatRepr(seconds)})`, seconds);
}

function wait(m: Machine, text: string, seconds: number): Value {
  m.yieldAfter = text;
  if (m.fiber) {
    const s = state(m);
    m.trail.set(s, 'clock', s.clock + seconds);
  }
  return null;
}

const sleeping = native('sleep', sleep, { gil: 'releases' });
builtins.set('__rr_sleep', sleeping);
const now = (base: number): ReturnType<typeof native> => native('time', (m) => new PyFloat(base + clock(m)), { pure: true });

/** The clock moves when any thread sleeps, which is no access. */
function clock(m: Machine): number {
  m.peeked = true;
  return state(m).clock;
}
const nanoseconds = native('time_ns', (m) => Math.round(clock(m) * 1e9), { pure: true });

defineModule('time', {
  sleep: sleeping,
  time: now(1700000000),
  monotonic: now(1000),
  perf_counter: now(1000),
  process_time: now(0),
  thread_time: now(0),
  time_ns: nanoseconds,
  monotonic_ns: nanoseconds,
  perf_counter_ns: nanoseconds,
});
