/** Timers, immediates, queueMicrotask. */
import type { Machine } from '../../machine.ts';
import type { Lane } from '../../process.ts';
import { Opaque, type Value } from '../../values.ts';
import { isCallable } from '../calls.ts';
import { numberOf } from '../convert.ts';
import { chain, newObject, throwError } from '../objects.ts';
import { makeError } from '../objects.ts';
import { Raise } from '../../language.ts';
import { cancel, callOnFiber, enqueue, runCallback, schedule, settlesPromise, uncaught, unknownDelay } from '../loop.ts';
import { state, type Timer } from '../state.ts';
import { JsFunction, JsObject } from '../values.ts';
import { toNumber } from '../convert.ts';
import { methods, symbolMethod } from './define.ts';
import { newNative, put } from '../objects.ts';

/** Lane of a callback: its own, unless all it does is settle a promise somebody waits for. */
export function callbackLane(m: Machine, f: Value, what: string): Lane {
  const here = m.fiber?.lane ?? m.process.lane;
  if (settlesPromise(f)) return here;
  const s = state(m);
  const name = f instanceof JsFunction && f.name !== '' && !f.name.startsWith('bound ') ? f.name : what;
  const n = (s.callNumbers.get(`lane ${name}`) ?? 0) + 1;
  m.trail.mapSet(s.callNumbers, `lane ${name}`, n);
  return m.createLane(`${name} #${n}`, 'timer');
}

function delayOf(m: Machine, v: Value): number {
  const n = v === undefined ? 1 : numberOf(m, v);
  return n >= 1 && n <= 2147483647 ? Math.trunc(n) : 1;
}

function argumentError(m: Machine, f: Value): never {
  throw new Raise(
    makeError(
      m,
      'TypeError',
      `The "callback" argument must be of type function. Received ${f === undefined ? 'undefined' : m.ops.show(f)}`,
      'ERR_INVALID_ARG_TYPE',
    ),
  );
}

/** The timer of a Timeout or Immediate object is its slot. */
function startTimer(m: Machine, f: Value, delay: number, args: readonly Value[], repeats: boolean, object: JsObject, lane: Lane): void {
  const timer = schedule(m, {
    kind: 'timer',
    lane,
    delay,
    holds: [f, object, ...args],
    object,
    callback: () => {
      const r = runCallback(m, lane, f, args);
      // Registered again after its callback, unless that cleared it.
      if (repeats && object.slot === timer) {
        if ((state(m).repeats.get(object.id) ?? 0) >= m.options.loopBound) {
          m.noteBound('interval repetitions', `each interval fired at most ${m.options.loopBound + 1} times`);
        } else {
          m.trail.mapSet(state(m).repeats, object.id, (state(m).repeats.get(object.id) ?? 0) + 1);
          startTimer(m, f, delay, args, true, object, lane);
        }
      }
      return r;
    },
  });
  m.trail.set(object, 'slot', timer as unknown);
}

function clear(m: Machine, object: Value): void {
  const timer =
    object instanceof JsObject
      ? (object.slot as Timer | undefined)
      : typeof object === 'number'
        ? state(m).timers.find((t) => t.object.id === object)
        : undefined;
  if (!timer || typeof timer !== 'object' || !('after' in timer)) return;
  cancel(m, timer);
  if (object instanceof JsObject) m.trail.set(object, 'slot', undefined);
}

/** Turns of a timer that sets itself again, in a program of its own. */
const mostTurns = 50;

/** A timer that is set by what the timer of the same place led to, again and again: bounded as loops are. */
function goesOnForEver(m: Machine, lane: Lane): boolean {
  const at = lane.startedAt;
  const most = m.isDriven() ? m.options.loopBound + 1 : mostTurns;
  let turns = 0;
  for (let by = lane.by; at !== null && by !== null && turns < most; by = m.lanes[by]?.by ?? null) {
    const other = m.lanes[by];
    if (other?.kind === 'timer' && other.startedAt?.module === at.module && other.startedAt.span.start === at.span.start) turns++;
  }
  if (turns < most) return false;
  m.noteBound('interval repetitions', `timers that set themselves again fired at most ${most} times`);
  return true;
}

export function installTimers(m: Machine): void {
  const s = state(m);
  const set =
    (repeats: boolean) =>
    (n: Machine, _t: Value, [f, delay, ...args]: readonly Value[]): Value => {
      if (!isCallable(f)) argumentError(n, f);
      // How long an unknown delay is, nobody knows: before and after any other timer.
      const given = delay === undefined ? 1 : delay instanceof Opaque ? unknownDelay : toNumber(n, delay);
      return chain(n, given, (k, ms) => {
        const object = newObject(k, s.intrinsics.Timeout);
        object.className = 'Timeout';
        const lane = callbackLane(k, f, repeats ? 'interval' : 'timeout');
        if (goesOnForEver(k, lane)) return object;
        startTimer(k, f, delay instanceof Opaque ? unknownDelay : delayOf(k, ms), args, repeats, object, lane);
        return object;
      });
    };
  const clearer = (n: Machine, _t: Value, [object]: readonly Value[]): Value => {
    clear(n, object);
    return undefined;
  };
  methods(m, s.globalObject, {
    setTimeout: [2, set(false)],
    setInterval: [2, set(true)],
    setImmediate: [
      1,
      (n, _t, [f, ...args]) => {
        if (!isCallable(f)) argumentError(n, f);
        const lane = callbackLane(n, f, 'immediate');
        const object = newObject(n, s.intrinsics.Immediate);
        object.className = 'Immediate';
        const timer = schedule(n, {
          kind: 'immediate',
          lane,
          delay: 0,
          holds: [f, object, ...args],
          object,
          callback: () => runCallback(n, lane, f, args),
        });
        n.trail.set(object, 'slot', timer as unknown);
        return object;
      },
    ],
    clearTimeout: [1, clearer],
    clearInterval: [1, clearer],
    clearImmediate: [1, clearer],
    queueMicrotask: [
      1,
      (n, _t, [f]) => {
        if (!isCallable(f)) argumentError(n, f);
        const lane = n.fiber?.lane ?? n.process.lane;
        enqueue(n, lane, () =>
          callOnFiber(n, lane, f, undefined, [], (value, failed) => {
            if (failed) uncaught(n, value);
          }),
        );
        return undefined;
      },
    ],
  });
  for (const proto of [s.intrinsics.Timeout, s.intrinsics.Immediate]) {
    methods(m, proto, {
      ref: [0, (_n, t) => t],
      unref: [0, (_n, t) => t],
      hasRef: [0, () => true],
      refresh: [0, (_n, t) => t],
      close: [
        0,
        (n, t) => {
          clear(n, t);
          return t;
        },
      ],
    });
    symbolMethod(m, proto, s.symbols.toPrimitive, '[Symbol.toPrimitive]', (_n, t) => (t instanceof JsObject ? t.id : 0));
    symbolMethod(m, proto, s.symbols.dispose, '[Symbol.dispose]', (n, t) => {
      clear(n, t);
      return undefined;
    });
  }
  const timeout = newNative(m, 'Timeout', 0, (n) => throwError(n, 'TypeError', 'Illegal constructor'), true);
  put(s.intrinsics.Timeout, 'constructor', timeout);
}
