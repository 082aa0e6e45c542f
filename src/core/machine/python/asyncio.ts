/**
 * The event loop of asyncio. Tasks are fibers; ready handles run first in, first out, one per step of
 * the loop's process; a timer, an I/O completion or any unknown await is a process of its own (kind
 * `turn`) that may fire at any boundary of a batch, a batch being what was ready when the loop's
 * iteration began (base_events.py, _run_once). Everything above futures is Python (prelude asyncio).
 */
import { type LoopQueues, Raise, STOP, SUSPEND, Unsupported, type Waiting } from '../language.ts';
import { Bringing, brought } from '../lifecycles.ts';
import type { Machine } from '../machine.ts';
import type { Fiber, LaneKind, Place, Process } from '../process.ts';
import { run, RunResult, unwind } from '../run.ts';
import { Generator, Immutable, Opaque, STATE, type Value } from '../values.ts';
import { libraryException, newException, raise, typeError, unknownFailure } from './errors.ts';
import { resumeGenerator, throwInto } from './generators.ts';
import { type PyClass, PyException, PyObject } from './objects.ts';
import { callPrelude, state } from './runtime.ts';
import { classOf, lookup, makeBuiltin, objectClass, typeName } from './types.ts';
import { copiedContext } from './contexts.ts';
import { awaitedAnswer } from './database.ts';
import { opaque } from './opaque.ts';

export const cancelledError = libraryException('CancelledError', 'asyncio.exceptions', 'BaseException');
export const invalidStateError = libraryException('InvalidStateError', 'asyncio.exceptions', 'Exception');

export const futureClass = makeBuiltin('Future', 'object', objectClass, false);
export const taskClass = makeBuiltin('Task', 'object', futureClass, false);
futureClass.module = '_asyncio';
taskClass.module = '_asyncio';
export const loopClass = makeBuiltin('_UnixSelectorEventLoop', 'object', objectClass, false);
loopClass.module = 'asyncio.unix_events';

type Callback = { task: PyTask } | { fn: Value };

export class PyFuture extends PyObject {
  status: 'pending' | 'done' | 'failed' | 'cancelled' = 'pending';
  result: Value = null;
  callbacks: Callback[] = [];
  /** A failure nobody has asked for yet. */
  unread = false;
  /** A thread waits for it: its completion is an operation on it. */
  watched = false;
  cancelMessage: Value = null;
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.result);
    for (const c of this.callbacks) visit('task' in c ? c.task : c.fn);
  }
}

export class PyTask extends PyFuture {
  fiber!: Fiber;
  coroutine!: Generator;
  name = '';
  awaiting: PyFuture | null = null;
  mustCancel = false;
  cancels = 0;
  /** Awaits something from outside: the process that completes it. */
  completion: Process | null = null;
  started = false;
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.coroutine);
  }
}

/** Something to run on the loop. */
type Handle =
  | { kind: 'step'; task: PyTask; future: PyFuture | null }
  | { kind: 'call'; fn: Value; args: readonly Value[]; cancelled: { value: boolean } }
  // What run_until_complete asks to be called: ends the loop's run after this batch.
  | { kind: 'stop'; future: PyFuture };

interface Timer {
  order: number;
  delay: number;
  /** When it is due on the virtual clock. */
  due: number;
  process: Process;
}

export class Loop extends PyObject {
  ready: Handle[] = [];
  /** Handles left of the present batch. */
  batch = 0;
  /** Lane of the task that ran last. */
  lastLane = -1;
  timers: Timer[] = [];
  tasks: PyTask[] = [];
  current: PyTask | null = null;
  /** The fiber a step was cut in. */
  running: Fiber | null = null;
  process: Process | null = null;
  closed = false;
  /** What `run` waits for is done: nothing runs after this batch until the waiting thread has gone on. */
  stopping = false;
  order = 0;
}
loopClass.allocate = (m, cls) => m.adopt(new Loop(cls));

const READY = 'ready';

export function loopOf(m: Machine): Loop | null {
  return state(m).asyncio as Loop | null;
}

export function currentLoop(m: Machine): Loop {
  const loop = loopOf(m);
  if (!loop || loop.closed) return raise(m, 'RuntimeError', 'no running event loop');
  return loop;
}

/** Makes the loop and its process; everything the program can reach is shared between turns. */
export function startLoop(m: Machine): Loop {
  const known = loopOf(m);
  if (known && !known.closed) return known;
  const loop = m.adopt(new Loop(loopClass));
  m.trail.set(state(m), 'asyncio', loop);
  for (const ns of m.namespaces.values()) m.share(ns);
  for (const v of state(m).singletons.values()) m.share(v);
  m.share(loop);
  const lane = m.createLane('event loop', 'loop');
  const process = m.spawn(lane, 'loop', null);
  process.guard = () => !loop.closed && loop.ready.length > 0 && !hasStopped(loop);
  process.action = () => undefined;
  process.nextLane = () => laneOfNext(m, loop);
  m.trail.set(loop, 'process', process);
  return loop;
}

/** Between two runs of the loop: a thread is about to go on that waited for the first. */
export function hasStopped(loop: Loop): boolean {
  return loop.stopping && loop.batch === 0;
}

/** The thread that waited for `f` goes on; the loop may run again for the next. */
export function resumeAfter(m: Machine, f: PyFuture): void {
  if (f.watched) m.trail.set(f, 'watched', false);
  const loop = loopOf(m);
  if (!loop?.stopping) return;
  m.sync(loop, READY, 'leaves', 0, 0);
  m.trail.set(loop, 'stopping', false);
}

function push(m: Machine, loop: Loop, handle: Handle): void {
  m.sync(loop, READY, 'schedule', 0, loop.ready.length > 0 ? 1 : 0);
  m.trail.push(loop.ready, handle);
}

export function callSoon(m: Machine, fn: Value, args: readonly Value[]): { value: boolean } {
  const loop = currentLoop(m);
  const cancelled = { value: false };
  m.share(fn);
  for (const a of args) m.share(a);
  push(m, loop, { kind: 'call', fn, args, cancelled });
  return cancelled;
}

// ---- futures -------------------------------------------------------------------------------------

export function newFuture(m: Machine, cls: PyClass = futureClass): PyFuture {
  const f = m.adopt(new PyFuture(cls));
  f.shared = loopOf(m) !== null;
  return f;
}
futureClass.allocate = (m, cls) => newFuture(m, cls);
taskClass.allocate = (m) => m.adopt(new PyTask(taskClass));

/** Ends a future and schedules those who wait for it, or resumes the only one at once (`direct`). */
export function settle(m: Machine, f: PyFuture, status: PyFuture['status'], value: Value, direct = false): PyTask | null {
  m.trail.set(f, 'status', status);
  m.trail.set(f, 'result', value);
  m.share(value);
  if (status === 'failed') m.trail.set(f, 'unread', true);
  m.write(f, STATE, undefined, undefined);
  if (f.watched) m.sync(f, STATE, 'done', 0, 0);
  const running = f.watched ? loopOf(m) : null;
  if (running) push(m, running, { kind: 'stop', future: f });
  const callbacks = f.callbacks;
  if (callbacks.length === 0) return null;
  m.trail.set(f, 'callbacks', []);
  const loop = currentLoop(m);
  const [only] = callbacks;
  // It was the last of the batch that has just run: before what that batch scheduled.
  if (direct && callbacks.length === 1 && only && 'task' in only) return only.task;
  for (const c of callbacks) {
    if ('task' in c) push(m, loop, { kind: 'step', task: c.task, future: f });
    else push(m, loop, { kind: 'call', fn: c.fn, args: [f], cancelled: { value: false } });
  }
  return null;
}

export function cancelFuture(m: Machine, f: PyFuture, message: Value): boolean {
  if (f.status !== 'pending') return false;
  m.trail.set(f, 'cancelMessage', message);
  dropCompletion(m, f);
  settle(m, f, 'cancelled', null);
  return true;
}

/** The value, or raises what the future failed with. */
export function resultOf(m: Machine, f: PyFuture): Value {
  m.read(f, STATE, undefined);
  if (f.status === 'done') return f.result;
  if (f.status === 'cancelled') throw new Raise(newException(m, cancelledError, f.cancelMessage === null ? [] : [f.cancelMessage]));
  if (f.status === 'failed') {
    if (f.unread) m.trail.set(f, 'unread', false);
    throw new Raise(f.result);
  }
  throw new Raise(newException(m, invalidStateError, ['Result is not set.']));
}

// ---- tasks ---------------------------------------------------------------------------------------

export function createTask(m: Machine, coroutine: Value, name: Value, kind: LaneKind = 'task', context: Value = null): PyTask {
  const loop = currentLoop(m);
  if (!(coroutine instanceof Generator) || coroutine.type !== 'coroutine')
    return typeError(m, `a coroutine was expected, got ${m.ops.show(coroutine)}`);
  const s = state(m);
  const n = s.counters.task + 1;
  m.trail.set(s.counters, 'task', n);
  const t = m.adopt(new PyTask(taskClass));
  t.coroutine = coroutine;
  t.name = typeof name === 'string' ? name : name === null || name === undefined ? `Task-${n}` : m.ops.show(name);
  const lane = m.createLane(
    typeof name === 'string' ? name : `${coroutine.frame.code.name}${laneSuffix(m, coroutine.frame.code.name)}`,
    kind,
  );
  t.fiber = m.createFiber(lane);
  t.fiber.context = context ?? copiedContext(m);
  t.fiber.onEnd = (value, failed) => taskEnded(m, t, value, failed);
  m.share(t);
  m.trail.push(loop.tasks, t);
  push(m, loop, { kind: 'step', task: t, future: null });
  return t;
}

function laneSuffix(m: Machine, name: string): string {
  let n = 1;
  for (const l of m.lanes) if (l.name === name || l.name.startsWith(`${name} `)) n++;
  return n === 1 ? '' : ` ${n}`;
}

function taskEnded(m: Machine, t: PyTask, value: Value, failed: boolean): void {
  if (!failed) {
    if (t.mustCancel) settle(m, t, 'cancelled', null);
    else settle(m, t, 'done', value);
  } else if (value instanceof PyException && value.cls.mro.includes(cancelledError)) {
    m.trail.set(t, 'cancelMessage', value.args.items[0] ?? null);
    settle(m, t, 'cancelled', null);
  } else settle(m, t, 'failed', value);
}

/** Runs a task until it suspends or ends, with what it waited for. */
function stepTask(m: Machine, loop: Loop, t: PyTask, future: PyFuture | null): RunResult {
  if (t.status !== 'pending') return RunResult.Suspended;
  m.trail.set(t, 'awaiting', null);
  m.trail.set(t, 'completion', null);
  m.trail.set(loop, 'current', t);
  const fiber = t.fiber;
  m.fiber = fiber;
  m.trail.set(fiber, 'waiting', null);
  m.touchFiber(fiber);
  let failure: Value = undefined;
  let value: Value = null;
  if (t.mustCancel) {
    m.trail.set(t, 'mustCancel', false);
    failure = newException(m, cancelledError, t.cancelMessage === null ? [] : [t.cancelMessage]);
  } else if (future) {
    try {
      value = resultOf(m, future);
    } catch (e) {
      if (!(e instanceof Raise)) throw e;
      failure = e.value;
    }
  }
  if (!t.started) {
    m.trail.set(t, 'started', true);
    if (failure !== undefined) {
      m.trail.set(t.coroutine, 'state', 'finished');
      taskEnded(m, t, failure, true);
      return RunResult.Ended;
    }
    resumeGenerator(m, t.coroutine, null, 'call');
    return go(m, loop, fiber);
  }
  const top = fiber.top;
  if (!top) return RunResult.Ended;
  m.touch(top);
  if (failure !== undefined) {
    const r = unwind(m, fiber, failure);
    return r === null ? go(m, loop, fiber) : r;
  }
  const i = top.code.instructions[top.pc - 1];
  if (i && i.d >= 0) top.registers[i.d] = value;
  return go(m, loop, fiber);
}

function go(m: Machine, loop: Loop, fiber: Fiber): RunResult {
  m.trail.set(loop, 'running', fiber);
  const r = run(m, fiber);
  if (r !== RunResult.Stopped) m.trail.set(loop, 'running', null);
  return r;
}

/** Runs a plain callback on a fiber of the loop's lane. */
function runCallback(m: Machine, loop: Loop, fn: Value, args: readonly Value[]): RunResult {
  m.trail.set(loop, 'current', null);
  const fiber = m.createFiber(loop.process?.lane ?? m.process.lane);
  fiber.onEnd = (value, failed) => {
    if (failed) m.fail(value, 'exception');
  };
  m.fiber = fiber;
  callPrelude(m, '__rr_call', [fn, m.ops.makeTuple(m, [...args]), m.ops.makeDict(m)]);
  return go(m, loop, fiber);
}

/** In a serialised world the task that ran last goes on before the others. */
function preferred(m: Machine, loop: Loop): number {
  void m;
  const own = loop.ready.findIndex((h) => h.kind === 'step' && h.task.fiber.lane.id === loop.lastLane);
  const call = loop.ready.findIndex((h) => h.kind === 'call');
  return own >= 0 ? own : call >= 0 ? call : 0;
}

function laneOfNext(m: Machine, loop: Loop): number {
  const handle = loop.ready[m.serialised ? preferred(m, loop) : 0];
  // A callback of the library belongs to whoever runs: it is how tasks are woken.
  if (handle?.kind === 'call' || handle?.kind === 'stop') return loop.lastLane;
  return handle?.kind === 'step' ? handle.task.fiber.lane.id : -1;
}

/** One step of the loop or of a completion. */
export function runTurn(m: Machine, p: Process): RunResult {
  const loop = loopOf(m);
  if (!loop) throw new Unsupported('a turn without an event loop');
  if (p.midTurn && loop.running) return run(m, loop.running);
  if (p.kind === 'turn') {
    const action = p.action as (() => RunResult | void) | null;
    return action?.() ?? RunResult.Ended;
  }
  if (loop.batch === 0) m.trail.set(loop, 'batch', loop.ready.length);
  const [handle] = m.trail.splice(loop.ready, m.serialised ? preferred(m, loop) : 0, 1, []);
  m.sync(loop, READY, 'run', 0, 1);
  m.trail.set(loop, 'batch', Math.max(0, loop.batch - 1));
  if (handle?.kind === 'step') m.trail.set(loop, 'lastLane', handle.task.fiber.lane.id);
  if (!handle) return RunResult.Ended;
  if (handle.kind === 'step') return stepTask(m, loop, handle.task, handle.future);
  if (handle.kind === 'stop') {
    if (handle.future.watched) m.trail.set(loop, 'stopping', true);
    return RunResult.Ended;
  }
  return handle.cancelled.value ? RunResult.Ended : runCallback(m, loop, handle.fn, handle.args);
}

// ---- completions ---------------------------------------------------------------------------------

/**
 * Something outside will happen: a process that does `then` when it is scheduled. A timer fires after
 * those registered before it with no longer a delay.
 */
export function completion(m: Machine, name: string, kind: LaneKind, delay: number | null, then: () => RunResult | void): Process {
  const loop = currentLoop(m);
  const lane = m.fiber && loop.current ? m.fiber.lane : m.createLane(name, kind);
  const process = m.spawn(lane, 'turn', null);
  if (delay !== null) process.due = state(m).clock + delay;
  const order = loop.order;
  m.trail.set(loop, 'order', order + 1);
  const timer: Timer | null = delay === null ? null : { order, delay, due: state(m).clock + delay, process };
  if (timer) m.trail.push(loop.timers, timer);
  process.guard = () =>
    !loop.closed &&
    !hasStopped(loop) &&
    (m.serialised || loop.batch === 0) &&
    !(!m.serialised && timer !== null && loop.timers.some((o) => o.order < timer.order && o.delay <= timer.delay && !o.process.done));
  process.action = () => {
    if (timer) {
      m.trail.set(
        loop,
        'timers',
        loop.timers.filter((o) => o !== timer),
      );
      const s = state(m);
      m.trail.set(s, 'clock', Math.max(s.clock, timer.due));
    }
    return then() as undefined;
  };
  return process;
}

/** A future that something outside completes with `value()`. */
export function externalFuture(m: Machine, name: string, delay: number | null, value: () => Value): PyFuture {
  const f = newFuture(m);
  const loop = currentLoop(m);
  const process = completion(m, name, 'callback', delay, () => {
    if (f.status !== 'pending') return RunResult.Ended;
    m.read(loop, READY, undefined);
    let task: PyTask | null;
    try {
      task = settle(m, f, 'done', value(), true);
    } catch (e) {
      if (!(e instanceof Raise)) throw e;
      task = settle(m, f, 'failed', e.value, true);
    }
    return task ? stepTask(m, loop, task, f) : RunResult.Ended;
  });
  void process;
  m.trail.set(f, 'attrs', new Map<string, Value>([['_rr_process', process.id]]));
  return f;
}

/** Nobody needs this future any more: its completion will not happen. */
export function dropCompletion(m: Machine, f: PyFuture): void {
  const id = f.attrs?.get('_rr_process');
  const p = typeof id === 'number' ? m.processes[id] : undefined;
  if (p && !p.done) m.trail.set(p, 'done', true);
}

/** What waits: the ready handles, then what turns to come will complete. Null while no loop runs. */
export function queues(m: Machine): LoopQueues | null {
  const loop = loopOf(m);
  if (!loop || loop.closed) return null;
  const ready = loop.ready.flatMap((handle): Waiting[] => {
    if (handle.kind === 'step') return [{ lane: handle.task.fiber.lane.id, place: placeOf(m, handle.task) }];
    return handle.kind === 'call' && !handle.cancelled.value ? [{ lane: null, place: null }] : [];
  });
  const turns = m.processes.filter((p) => p !== undefined && p.kind === 'turn' && !p.done && p !== m.process);
  const now = state(m).clock;
  const waiting = (p: Process): Waiting => ({
    lane: p.lane.id,
    place: p.origin,
    ...(p.due === null ? {} : { due: Math.max(0, Math.round((p.due - now) * 1e6) / 1e3) }),
  });
  return {
    turn: turnOf(m.process),
    queues: [
      { kind: 'ready', items: ready },
      {
        kind: 'timers',
        items: turns
          .filter((p) => p.due !== null)
          .sort((a, b) => (a.due ?? 0) - (b.due ?? 0))
          .map(waiting),
      },
      { kind: 'completions', items: turns.filter((p) => p.due === null).map(waiting) },
    ],
  };
}

function turnOf(p: Process): LoopQueues['turn'] {
  if (p.kind === 'thread') return null;
  if (p.kind === 'loop') return 'ready';
  return p.due === null ? 'completion' : 'timer';
}

/** Where a task goes on: at what it awaits, or at its coroutine's name before it has begun. */
function placeOf(m: Machine, task: PyTask): Place | null {
  const { code } = task.coroutine.frame;
  if (task.started) return m.where(task.fiber);
  return code.internal ? null : { module: code.module, span: code.fn.nameSpan };
}

// ---- await ---------------------------------------------------------------------------------------

/** `asend`, `athrow`, `aclose` and `__anext__` of an async generator: something to await. */
export class AsyncStep extends Immutable {
  readonly type = 'async_generator_asend';
  readonly generator: Generator;
  readonly sent: Value;
  readonly exception: Value;
  readonly items: readonly Value[];
  constructor(generator: Generator, sent: Value, exception: Value) {
    super();
    this.generator = generator;
    this.sent = sent;
    this.exception = exception;
    this.items = [generator];
  }
}

/** Awaiting it gives way once, as a bare `yield` does. */
export class YieldOnce extends Immutable {
  readonly type = 'yield once';
  readonly future: PyFuture;
  constructor(future: PyFuture) {
    super();
    this.future = future;
  }
}

function giveWay(m: Machine, f: PyFuture): Value {
  const loop = loopOf(m);
  const task = loop?.current;
  if (!loop || !task || m.fiber !== task.fiber) throw new Unsupported('await outside a task');
  push(m, loop, { kind: 'step', task, future: f });
  m.trail.set(task.fiber, 'waiting', 'gives way to other tasks');
  m.tracer?.suspended('sleep(0)');
  return SUSPEND;
}

export function suspendOn(m: Machine, f: PyFuture, why: string): Value {
  const loop = loopOf(m);
  const task = loop?.current;
  if (!loop || !task || m.fiber !== task.fiber) throw new Unsupported('await outside a task');
  m.trail.push(f.callbacks, { task });
  m.trail.set(task, 'awaiting', f);
  m.trail.set(task.fiber, 'waiting', why);
  m.tracer?.suspended(why);
  if (task.mustCancel && f.status === 'pending') {
    m.trail.set(task, 'mustCancel', false);
    cancelFuture(m, f, task.cancelMessage);
  }
  return SUSPEND;
}

/** The functions of the library in which tasks that are not done wait, as `Lock.acquire`. */
export function stuckIn(m: Machine): string[] {
  return (loopOf(m)?.tasks ?? []).flatMap((task) => {
    if (task.status !== 'pending') return [];
    let outermost: string | null = null;
    for (let f = task.fiber.top; f?.code.internal; f = f.caller) outermost = f.code.qualifiedName;
    return outermost === null ? [] : [outermost];
  });
}

export function awaitValue(m: Machine, v: Value): Value {
  if (v instanceof Generator && v.type === 'coroutine') {
    if (v.state === 'running') return raise(m, 'RuntimeError', 'coroutine is being awaited already');
    return resumeGenerator(m, v, null, 'call');
  }
  if (v instanceof PyFuture) {
    if (v.status !== 'pending') return resultOf(m, v);
    const loop = loopOf(m);
    if (loop?.current === v) return raise(m, 'RuntimeError', `Task cannot await on itself: ${v instanceof PyTask ? v.name : ''}`);
    m.read(v, STATE, undefined);
    return suspendOn(m, v, v instanceof PyTask ? `waits for task ${v.name}` : 'waits');
  }
  if (v instanceof YieldOnce) return giveWay(m, v.future);
  if (v instanceof AsyncStep) {
    if (v.exception !== null) return throwInto(m, v.generator, v.exception);
    return resumeGenerator(m, v.generator, v.sent, 'call');
  }
  if (v instanceof Opaque) {
    if (!loopOf(m)) throw new Unsupported(`await ${v.name} outside an event loop`);
    const fails = m.mayFail() ? m.fails(String(v.id), v.name) : false;
    if (fails === null) return STOP;
    const f = externalFuture(m, v.name, null, () => {
      if (fails) throw new Raise(unknownFailure(m, v.name));
      if (v.effect instanceof Bringing) brought(m, v.effect);
      const answer = awaitedAnswer(m, v);
      if (answer) return answer();
      const made = opaque(m, `await ${v.name}`);
      made.definite = v.definite;
      if (v.same !== null) made.same = made.name;
      return made;
    });
    return suspendOn(m, f, `await ${v.name}`);
  }
  const method = lookup(classOf(v), '__await__');
  if (v instanceof PyObject && method !== undefined) return awaitValue(m, callPrelude(m, '__rr_await_object', [v], 'asyncio'));
  return typeError(m, `object ${typeName(v)} can't be used in 'await' expression`);
}
