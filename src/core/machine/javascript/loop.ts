/**
 * The event loop. A turn is one step of a process: its callback, then every process.nextTick
 * callback, then every microtask, until both queues are empty. Timers and immediates are processes
 * whose guards keep Node's order; other completions come in any order.
 */
import { type LoopQueues, type Waiting, Raise, PUSHED, STOP, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import type { Errand, Lane, Place, Process } from '../process.ts';
import { run, RunResult } from '../run.ts';
import { STATE, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { newObject } from './objects.ts';
import { state, type Job, type Timer } from './state.ts';
import { JsFunction, type JsObject, type JsPromise, type StoredContext } from './values.ts';

/** `place` is what the job stems from, and `stored` what AsyncLocalStorage held there, where that is not what runs now. */
export function enqueue(m: Machine, lane: Lane, job: () => RunResult, place?: Place | null, stored = state(m).stored): void {
  m.trail.push(state(m).microtasks, { lane, place: m.tracer ? (place ?? m.where()) : null, stored, run: job });
}

export function enqueueTick(m: Machine, lane: Lane, job: () => RunResult): void {
  m.trail.push(state(m).ticks, { lane, place: m.tracer ? m.where() : null, stored: state(m).stored, run: job });
}

/** Calls a function on a fiber of its own and runs it to its first suspension. */
export function callOnFiber(
  m: Machine,
  lane: Lane,
  f: Value,
  thisValue: Value,
  args: readonly Value[],
  onEnd: (value: Value, failed: boolean) => void,
  worksFor: Errand | null = null,
): RunResult {
  const fiber = m.createFiber(lane);
  fiber.onEnd = onEnd;
  fiber.worksFor = worksFor;
  m.fiber = fiber;
  let r: Value;
  try {
    r = callFunction(m, f, thisValue, args);
  } catch (e) {
    if (e instanceof Raise) {
      onEnd(e.value, true);
      return RunResult.Ended;
    }
    if (e instanceof Unsupported) {
      noteUnsupported(m, e);
      return RunResult.Parked;
    }
    throw e;
  }
  if (r === PUSHED) return m.fiber?.top ? run(m, m.fiber) : RunResult.Ended;
  if (r === STOP) {
    noteUnsupported(m, new Unsupported('a choice on an unknown value by a built-in callback'));
    return RunResult.Parked;
  }
  onEnd(r, false);
  return RunResult.Ended;
}

function noteUnsupported(m: Machine, e: Unsupported): void {
  const at = m.where();
  const module = at?.module ?? [...m.namespaces.keys()][0];
  if (module) m.trail.set(m, 'unsupported', { what: e.what, module, span: at?.span ?? { start: 0, end: 0 } });
}

/** An exception nobody caught: the program ends. */
export function uncaught(m: Machine, value: Value): void {
  m.fail(value, m.ops.exceptionMatches(m, value, 'AssertionError') === true ? 'assertion' : 'exception');
  m.trail.set(state(m), 'dead', true);
}

/** Runs a macrotask callback; an exception in it is uncaught. */
export function runCallback(m: Machine, lane: Lane, f: Value, args: readonly Value[], worksFor: Errand | null = null): RunResult {
  const onEnd = (value: Value, failed: boolean): void => {
    if (failed) uncaught(m, value);
  };
  return callOnFiber(m, lane, f, undefined, args, onEnd, worksFor);
}

/** process.exit: nothing of the program runs any more. */
export class ProcessExit extends Error {}

/** Key of the event loop under which turns that stop at a choice conflict with all others. */
const TURNS = 'turns';

/** One whole turn; what the runtime itself gets wrong ends the simulation rather than the tool. */
export function runTurn(m: Machine, process: Process): RunResult {
  try {
    return turn(m, process);
  } catch (e) {
    if (e instanceof Raise) throw e;
    if (e instanceof ProcessExit) {
      m.trail.set(state(m), 'dead', true);
      return RunResult.Ended;
    }
    noteUnsupported(m, e instanceof Unsupported ? e : new Unsupported(`(internal) ${e instanceof Error ? e.message : String(e)}`));
    return RunResult.Parked;
  }
}

/** Comes back early with Stopped at a data choice; the next call goes on there. */
function turn(m: Machine, process: Process): RunResult {
  const s = state(m);
  let result: RunResult;
  if (process.midTurn && process.fiber) {
    result = run(m, process.fiber);
  } else {
    m.trail.set(s, 'phase', 'action');
    m.heed(s.loop, TURNS);
    result = begin(m, process);
  }
  let parked = false;
  for (;;) {
    if (result === RunResult.Stopped) {
      m.trail.set(process, 'fiber', m.fiber);
      // Nothing else moves before the rest of the turn has run, whatever that does: it depends on every other turn.
      m.disturb(s.loop, TURNS);
      return RunResult.Stopped;
    }
    if (m.unsupported) return RunResult.Parked;
    if (result === RunResult.Parked) parked = true;
    if (s.dead || m.fuel < 0) break;
    m.tracer?.jobEnded();
    const job = nextJob(m);
    if (!job) break;
    m.tracer?.jobBegan(s.phase === 'ticks' ? 'ticks' : 'microtasks');
    m.fiber = m.createFiber(job.lane);
    holds(m, job.stored);
    result = job.run();
  }
  m.fiber = null;
  return parked && process.id === 0 ? RunResult.Parked : RunResult.Ended;
}

/** What AsyncLocalStorage holds from now on. */
export function holds(m: Machine, stored: StoredContext | null): void {
  const s = state(m);
  if (s.stored !== stored) m.trail.set(s, 'stored', stored);
}

function begin(m: Machine, process: Process): RunResult {
  const s = state(m);
  holds(m, null);
  if (process.id === 0 && process.fiber) {
    const fiber = process.fiber;
    fiber.onEnd = (value, failed) => {
      if (failed) uncaught(m, value);
    };
    const module = fiber.top?.code.module;
    const r = run(m, fiber);
    // The top level of an ES module runs inside a job: microtasks come before process.nextTick.
    m.trail.set(s, 'phase', module && isEsModule(module) ? 'microtasks' : 'ticks');
    return r;
  }
  const timer = s.timers.find((t) => t.process === process);
  m.trail.set(s, 'phase', 'ticks');
  if (!timer || !timer.callback) return RunResult.Ended;
  for (const t of timer.after) m.sync(t.object, STATE, 'runs before', 1, 1);
  m.sync(timer.object, STATE, 'runs', 0, 0);
  m.trail.set(timer, 'state', 'fired');
  if (timer.due > s.now) m.trail.set(s, 'now', timer.due);
  m.trail.set(
    s,
    'timers',
    s.timers.filter((t) => t !== timer),
  );
  m.trail.set(s, 'current', timer.kind);
  holds(m, timer.stored);
  return timer.callback();
}

function isEsModule(module: { path: string; exports: unknown[]; body: { isAsync: boolean; body: { kind: string }[] } }): boolean {
  if (/\.c[jt]s$/.test(module.path)) return false;
  if (/\.m[jt]s$/.test(module.path)) return true;
  return module.exports.length > 0 || module.body.isAsync || module.body.body.some((s) => s.kind === 'import');
}

function nextJob(m: Machine): Job | null {
  const s = state(m);
  for (;;) {
    if (s.phase === 'ticks') {
      const job = s.ticks[s.tickHead];
      if (job) {
        m.trail.set(s, 'tickHead', s.tickHead + 1);
        return job;
      }
      if (s.ticks.length > 0) {
        m.trail.set(s, 'ticks', []);
        m.trail.set(s, 'tickHead', 0);
      }
    }
    const job = s.microtasks[s.microtaskHead];
    if (job) {
      if (s.phase !== 'microtasks') m.trail.set(s, 'phase', 'microtasks');
      m.trail.set(s, 'microtaskHead', s.microtaskHead + 1);
      return job;
    }
    if (s.microtasks.length > 0) {
      m.trail.set(s, 'microtasks', []);
      m.trail.set(s, 'microtaskHead', 0);
    }
    if (s.ticks.length > s.tickHead) {
      m.trail.set(s, 'phase', 'ticks');
      continue;
    }
    if (s.rejected.length > 0) {
      // Whoever is held may handle it yet.
      const mayBe = (p: JsPromise): boolean => p.holder?.state === 'pending';
      const unhandled = s.rejected.find((p) => !p.handled && !mayBe(p));
      m.trail.set(s, 'rejected', s.rejected.filter(mayBe));
      if (unhandled) {
        uncaught(m, unhandled.result);
        return null;
      }
    }
    return null;
  }
}

// ---- what comes from outside --------------------------------------------------------------------

/** Everything that can be reached from the outside of the present turn is shared from now on. */
export function shareProgram(m: Machine): void {
  const internal = state(m).internal;
  for (const ns of m.namespaces.values()) if (!internal.has(ns)) m.share(ns);
}

/** The delay of a timer that nobody knows: no other is shorter or longer. */
export const unknownDelay = NaN;

export interface Schedule {
  kind: Timer['kind'];
  lane: Lane;
  delay: number;
  /** What the callback reaches. */
  holds: readonly Value[];
  object?: JsObject;
  /** What comes before it, beside what the kind says. */
  after?: readonly Timer[];
  callback: () => RunResult;
}

/** Registers a timer, an immediate or a completion: a process of its own. */
export function schedule(m: Machine, what: Schedule): Timer {
  const s = state(m);
  m.share(s.loop);
  shareProgram(m);
  for (const v of what.holds) m.share(v);
  const process = m.spawn(what.lane, 'turn', null);
  const object = what.object ?? newObject(m, what.kind === 'immediate' ? s.intrinsics.Immediate : s.intrinsics.Timeout);
  const before = (t: Timer): boolean => {
    if (what.kind === 'immediate') return t.kind === 'immediate';
    if (what.kind !== 'timer') return false;
    // Within an I/O callback the check phase comes before the timers.
    return t.kind === 'timer' ? t.delay <= what.delay : t.kind === 'immediate' && s.current === 'io';
  };
  const timer: Timer = {
    process,
    object,
    kind: what.kind,
    delay: what.delay,
    due: s.now + (what.kind === 'timer' && !Number.isNaN(what.delay) ? what.delay : 0),
    order: s.order,
    state: 'pending',
    after: [...s.timers.filter(before), ...(what.after ?? [])],
    callback: what.callback,
    stored: s.stored,
    referenced: true,
  };
  m.trail.set(s, 'order', s.order + 1);
  m.trail.push(s.timers, timer);
  if (what.kind !== 'io') m.sync(s.loop, what.kind, 'registers', 0, 0);
  process.guard = () => timer.state === 'pending' && !s.dead && timer.after.every((t) => t.state !== 'pending');
  return timer;
}

export function cancel(m: Machine, timer: Timer): void {
  m.sync(timer.object, STATE, 'clear', 0, timer.state === 'pending' ? 0 : 1);
  if (timer.state !== 'pending') return;
  const s = state(m);
  m.trail.set(timer, 'state', 'cancelled');
  m.trail.set(timer.process, 'done', true);
  m.trail.set(
    s,
    'timers',
    s.timers.filter((t) => t !== timer),
  );
}

/** Among turns that may run, the one an idle Node would run first: by phase, then by virtual time, then by age. */
export function preferredTurn(m: Machine, enabled: readonly number[]): number {
  const s = state(m);
  let best: number | undefined;
  let bestRank = Infinity;
  let bestOrder = Infinity;
  for (const id of enabled) {
    const t = s.timers.find((x) => x.process.id === id);
    if (!t) return id;
    const r = rank(t, s.now, s.current === 'timer');
    if (r < bestRank || (r === bestRank && t.order < bestOrder)) {
      best = id;
      bestRank = r;
      bestOrder = t.order;
    }
  }
  return best ?? -1;
}

/** The timers that are due finish their phase; then immediates (check follows poll), completions, later timers by time. */
function rank(t: Timer, now: number, inTimers: boolean): number {
  if (t.kind === 'timer') return inTimers && t.due <= now ? -3 : Math.max(0, t.due - now) + 1;
  return t.kind === 'immediate' ? -2 : -1;
}

/** What waits: the two queues of the turn, and the turns to come in the order of Node's phases. */
export function queues(m: Machine): LoopQueues {
  const s = state(m);
  const jobs = (list: readonly Job[], head: number): Waiting[] => list.slice(head).map(({ lane, place }) => ({ lane: lane.id, place }));
  const turns = (kind: Timer['kind']): Waiting[] =>
    s.timers
      .filter((t) => t.kind === kind && t.state === 'pending')
      .sort((a, b) => a.due - b.due || a.order - b.order)
      .map((t) => ({
        lane: t.process.lane.id,
        place: t.process.origin,
        ...(kind === 'timer' ? { due: Math.max(0, t.due - s.now) } : {}),
      }));
  return {
    turn: s.current === 'main' ? 'script' : s.current === 'io' ? 'completion' : s.current,
    queues: [
      { kind: 'ticks', items: jobs(s.ticks, s.tickHead) },
      { kind: 'microtasks', items: jobs(s.microtasks, s.microtaskHead) },
      { kind: 'timers', items: turns('timer') },
      { kind: 'completions', items: turns('io') },
      { kind: 'immediates', items: turns('immediate') },
    ],
  };
}

/** Function whose call only settles a promise: its timer belongs to the lane that waits. */
export function settlesPromise(f: Value): boolean {
  return f instanceof JsFunction && f.promise !== null;
}
