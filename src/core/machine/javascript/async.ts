/**
 * Async functions and generators. An activation's frame is pushed on its caller like any call; at its
 * first suspension it is detached, the caller gets the promise and goes on, and from then on a fresh
 * fiber carries it whenever it is resumed. A call that is not awaited on the spot has its own lane.
 */
import { Op } from '../code.ts';
import { FrameMode, type Frame } from '../frame.ts';
import { PUSHED, STOP, SUSPEND } from '../language.ts';
import type { Machine } from '../machine.ts';
import type { Fiber, Lane } from '../process.ts';
import { deliver, run, RunResult, unwind } from '../run.ts';
import { DONE, Opaque, type Value } from '../values.ts';
import { prototypeFor } from './calls.ts';
import { awaitedQuery } from './database.ts';
import { awaitOpaque, handedOn } from './external.ts';
import { failureOf } from './opaque.ts';
import { newObject, newPromise, put } from './objects.ts';
import { schedule, shareProgram } from './loop.ts';
import { fulfil, performThen, reject, resolvePromise, toPromise } from './promises.ts';
import { state } from './state.ts';
import { Activation, JsGenerator, type JsObject, JsPromise, type GeneratorRequest } from './values.ts';

/** Lane of a new async call: its caller's when the caller awaits or returns it, else its own. */
function laneOfCall(m: Machine, frame: Frame): Lane {
  const fiber = m.fiber as Fiber;
  const caller = fiber.top;
  if (!caller || frame.code.internal) return fiber.lane;
  const i = caller.code.instructions[caller.pc - 1];
  const next = caller.code.instructions[caller.pc];
  const isModule = caller.code.fn.kind === 'module' && !caller.code.internal;
  if (!isModule && i && next && next.op === Op.Await && next.a === i.d) return fiber.lane;
  if (!isModule && i && next && next.op === Op.Return && next.a === i.d && handsOn(caller)) return fiber.lane;
  const s = state(m);
  const name = frame.code.name || 'async function';
  const n = (s.callNumbers.get(`lane ${name}`) ?? 0) + 1;
  m.trail.mapSet(s.callNumbers, `lane ${name}`, n);
  shareProgram(m);
  m.share(frame.thisValue);
  for (const v of frame.registers) m.share(v);
  m.share(frame.closure);
  return m.createLane(`${name} #${n}`, 'task');
}

/** What a function returns is awaited: it is async itself, or whoever called it awaits or hands it on. */
function handsOn(frame: Frame): boolean {
  for (let f: Frame | null = frame; f; f = f.caller) {
    if (f.code.isAsync) return true;
    const above: Frame | null = f.caller;
    if (!above) return true;
    const i = above.code.instructions[above.pc - 1];
    const next = above.code.instructions[above.pc];
    if (!i || !next || next.a !== i.d) return false;
    if (next.op === Op.Await) return true;
    if (next.op !== Op.Return) return false;
  }
  return false;
}

/** Where the closure of a generator function keeps its function object. */
export const FUNCTION = '\u0000function';

/** A generator or async function was called. */
export function start(m: Machine, frame: Frame): Value {
  const fiber = m.fiber as Fiber;
  const code = frame.code;
  if (code.isGenerator) {
    const act = m.adopt(new Activation(code.isAsync ? 'async_generator' : 'generator', frame, fiber.lane));
    frame.generator = act;
    const i = state(m).intrinsics;
    const f = frame.closure?.attributes?.get(FUNCTION);
    const proto = prototypeFor(m, f, code.isAsync ? i.AsyncGenerator : i.Generator);
    return m.adopt(new JsGenerator(proto, act, code.isAsync));
  }
  const lane = laneOfCall(m, frame);
  const act = m.adopt(new Activation('coroutine', frame, lane));
  act.promise = newPromise(m);
  act.state = 'running';
  frame.generator = act;
  if (lane !== fiber.lane) {
    const own = m.createFiber(lane);
    own.parent = fiber;
    own.top = fiber.top;
    m.fiber = own;
    act.switched = true;
  }
  act.attached = true;
  if (!frame.code.internal) m.trail.set(m, 'openCalls', m.openCalls + 1);
  m.push(frame);
  return PUSHED;
}

/** Gives the caller of an attached activation the promise; the caller runs next. */
function detach(m: Machine, act: Activation, promise: Value): void {
  const fiber = m.fiber as Fiber;
  const frame = act.frame;
  let target = fiber;
  if (act.switched && fiber.parent) {
    target = fiber.parent;
    m.touchFiber(target);
    m.fiber = target;
  }
  m.trail.set(act, 'attached', false);
  m.trail.set(act, 'switched', false);
  const from = { ...frame } as Frame;
  m.touch(frame);
  frame.caller = null;
  frame.after = null;
  frame.returnRegister = -1;
  frame.mode = FrameMode.Call;
  deliver(m, target, from, promise);
  if (m.serialised && target !== fiber && promise instanceof JsPromise && promise.state === 'pending') hold(m, target, promise);
}

/** In a serialised world the caller goes on when the call has ended (or when nobody else can). */
function hold(m: Machine, caller: Fiber, promise: JsPromise): void {
  const timer = schedule(m, { kind: 'io', lane: caller.lane, delay: 0, holds: [promise], callback: () => run(m, caller) });
  timer.process.held = () => promise.state === 'pending';
  m.trail.set(promise, 'holder', timer);
  m.fiber = m.createFiber(caller.lane);
}

export function awaitValue(m: Machine, v: Value): Value {
  const fiber = m.fiber as Fiber;
  const frame = fiber.top as Frame;
  const act = frame.generator instanceof Activation ? frame.generator : null;
  const query = v instanceof Opaque ? awaitedQuery(m, v) : undefined;
  if (query === STOP) return STOP;
  const fails = v instanceof Opaque && query === undefined && m.mayFail() ? m.fails(String(v.id), v.name) : false;
  if (fails === null) return STOP;
  const promise = query instanceof JsPromise ? query : v instanceof Opaque ? awaitOpaque(m, v) : toPromise(m, v);
  if (!act) {
    // Top level of a module: the whole stack waits (the modules that import it wait below).
    performThen(m, promise, {
      lane: fiber.lane,
      holds: frame.registers,
      run: (n, value, failed) => resume(n, fiber, frame, value, failed),
    });
    m.trail.set(fiber, 'waiting', 'await');
    m.tracer?.suspended('await');
    return SUSPEND;
  }
  m.trail.set(act, 'state', 'suspended');
  performThen(m, promise, {
    lane: act.lane,
    holds: [act],
    run: (n, value, failed) => {
      n.trail.set(act, 'state', 'running');
      const carrier = n.createFiber(act.lane);
      carrier.top = frame;
      n.touch(frame);
      frame.caller = null;
      return fails ? resume(n, carrier, frame, failureOf(n, v as Opaque), true) : resume(n, carrier, frame, value, failed);
    },
  });
  if (promise.shared) {
    act.references((r) => m.share(r));
    m.share(act);
  }
  m.tracer?.suspended('await');
  giveBack(m, act);
  return SUSPEND;
}

/** The activation leaves the stack it runs on; an attached one gives its caller the promise. */
function giveBack(m: Machine, act: Activation): void {
  const fiber = m.fiber as Fiber;
  if (!act.attached) fiber.top = null;
  else if (act.type === 'coroutine') detach(m, act, act.promise);
  else leave(m, fiber, act);
}

/** An async generator running on its consumer's stack gives it back. */
function leave(m: Machine, fiber: Fiber, act: Activation): void {
  m.trail.set(act, 'attached', false);
  const frame = act.frame;
  const from = { ...frame } as Frame;
  m.touch(frame);
  frame.caller = null;
  frame.after = null;
  deliver(m, fiber, from, undefined);
}

/** Puts the outcome of an await (or the value sent into a yield) into a suspended frame and runs on. */
export function resume(m: Machine, fiber: Fiber, frame: Frame, value: Value, failed: boolean): RunResult {
  m.fiber = fiber;
  m.touchFiber(fiber);
  if (fiber.waiting) m.trail.set(fiber, 'waiting', null);
  m.touch(frame);
  fiber.top = frame;
  if (failed) {
    const r = unwind(m, fiber, value);
    if (r !== null) return r;
    return m.fiber.top ? run(m, m.fiber) : RunResult.Ended;
  }
  const i = frame.code.instructions[frame.pc - 1];
  if (i && i.d >= 0) frame.registers[i.d] = value;
  return run(m, fiber);
}

/** A frame of an async function or generator returned or threw. */
export function ended(m: Machine, frame: Frame, v: Value, failed: boolean): boolean {
  const act = frame.generator;
  if (!(act instanceof Activation)) return false;
  m.trail.set(act, 'state', 'finished');
  if (act.type === 'generator') {
    if (failed) return false;
    const fiber = m.fiber as Fiber;
    if (frame.mode === FrameMode.Iterate && act.resumed === 'raw') deliver(m, fiber, frame, DONE);
    else deliver(m, fiber, frame, act.resumed === 'raw' ? v : iterResult(m, v, true));
    return true;
  }
  if (act.type === 'async_generator') {
    answer(m, act, v, true, failed);
    drain(m, act);
    giveBack(m, act);
    return true;
  }
  const promise = act.promise as JsPromise;
  if (!frame.code.internal) m.trail.set(m, 'openCalls', m.openCalls - 1);
  if (failed) reject(m, promise, v);
  else resolvePromise(m, promise, handedOn(m, v));
  giveBack(m, act);
  return true;
}

export function iterResult(m: Machine, value: Value, done: boolean): JsObject {
  const o = newObject(m);
  put(o, 'value', value);
  put(o, 'done', done);
  return o;
}

// ---- generators ---------------------------------------------------------------------------------

/** Resumes a generator on the running fiber: PUSHED, or a result when it is finished. */
export function resumeGenerator(
  m: Machine,
  g: JsGenerator,
  kind: 'next' | 'throw' | 'return',
  value: Value,
  raw: boolean,
  fail: (value: Value) => never,
): Value {
  const act = g.activation;
  if (act.state === 'running') m.raise('TypeError', 'Generator is already running');
  if (g.shared) m.sync(g, 'state', kind, 0, 0);
  if (act.state === 'created' && kind !== 'next') m.trail.set(act, 'state', 'finished');
  if (act.state === 'finished') {
    if (kind === 'throw') fail(value);
    if (raw) return kind === 'return' ? value : DONE;
    return iterResult(m, kind === 'return' ? value : undefined, true);
  }
  const frame = act.frame;
  prepare(m, act);
  m.trail.set(act, 'resumed', raw ? 'raw' : 'object');
  const fresh = act.state === 'created';
  m.trail.set(act, 'state', 'running');
  if (!fresh) {
    const i = frame.code.instructions[frame.pc - 1];
    if (i && i.d >= 0) frame.registers[i.d] = value;
    if (act.returning !== (kind === 'return')) m.trail.set(act, 'returning', kind === 'return');
    if (kind === 'throw') m.trail.set(act, 'thrown', { value });
  }
  m.push(frame);
  return PUSHED;
}

function prepare(m: Machine, act: Activation): void {
  const frame = act.frame;
  m.touch(frame);
  m.trail.set(frame, 'after', null);
  m.trail.set(frame, 'afterData', null);
  frame.mode = FrameMode.Call;
  frame.returnRegister = -1;
}

/** `yield v`. */
export function yielded(m: Machine, frame: Frame, v: Value): Value {
  const act = frame.generator as Activation;
  const fiber = m.fiber as Fiber;
  m.touch(frame);
  if (act.type === 'async_generator') {
    answer(m, act, v, false, false);
    const request = act.queue[0];
    if (!request) {
      m.trail.set(act, 'state', 'suspended');
      giveBack(m, act);
      return undefined;
    }
    // Somebody asked again meanwhile: go on at once.
    send(m, act, request);
    return undefined;
  }
  m.trail.set(act, 'state', 'suspended');
  const from = { ...frame } as Frame;
  frame.caller = null;
  deliver(m, fiber, from, act.resumed === 'raw' ? v : iterResult(m, v, false));
  return undefined;
}

// ---- async generators ---------------------------------------------------------------------------

/** Settles the promise of the first request. */
function answer(m: Machine, act: Activation, v: Value, done: boolean, failed: boolean): void {
  const request = m.trail.splice(act.queue, 0, 1, [])[0];
  if (!request) return;
  if (failed) reject(m, request.promise, v);
  else fulfil(m, request.promise, iterResult(m, v, done));
}

/** AsyncGenerator.prototype.next, throw and return. */
export function requestAsync(m: Machine, g: JsGenerator, kind: GeneratorRequest['kind'], value: Value): Value {
  const act = g.activation;
  const promise = newPromise(m);
  if (g.shared) {
    m.sync(g, 'state', kind, 0, 0);
    m.share(promise);
    m.share(value);
  }
  m.trail.push(act.queue, { kind, value, promise });
  if (act.queue.length === 1) return begin(m, act, promise);
  return promise;
}

/** Starts the first request on the running fiber; the caller gets the promise. */
function begin(m: Machine, act: Activation, promise: JsPromise): Value {
  const request = act.queue[0] as GeneratorRequest;
  if (act.state === 'created' && request.kind !== 'next') m.trail.set(act, 'state', 'finished');
  if (act.state === 'finished') {
    finishedRequest(m, act, request);
    return promise;
  }
  const frame = act.frame;
  prepare(m, act);
  const fresh = act.state === 'created';
  m.trail.set(act, 'state', 'running');
  if (!fresh) send(m, act, request);
  m.trail.set(act, 'attached', true);
  m.push(frame);
  frame.after = () => promise;
  return PUSHED;
}

/** The value of a request into the yield the generator is suspended at. */
function send(m: Machine, act: Activation, request: GeneratorRequest): void {
  const frame = act.frame;
  const i = frame.code.instructions[frame.pc - 1];
  if (i && i.d >= 0) frame.registers[i.d] = request.value;
  if (act.returning !== (request.kind === 'return')) m.trail.set(act, 'returning', request.kind === 'return');
  if (request.kind === 'throw') m.trail.set(act, 'thrown', { value: request.value });
}

function finishedRequest(m: Machine, act: Activation, request: GeneratorRequest): void {
  if (request.kind === 'next') {
    answer(m, act, undefined, true, false);
    drain(m, act);
  } else if (request.kind === 'throw') {
    answer(m, act, request.value, true, true);
    drain(m, act);
  } else {
    // AsyncGeneratorAwaitReturn: the value is awaited before the request is answered.
    performThen(m, toPromise(m, request.value), {
      lane: act.lane,
      holds: [act],
      run: (n, value, failed) => {
        answer(n, act, value, true, failed);
        drain(n, act);
        return RunResult.Ended;
      },
    });
  }
}

/** Answers what was asked meanwhile of a finished generator. */
function drain(m: Machine, act: Activation): void {
  const request = act.queue[0];
  if (request && act.state === 'finished') finishedRequest(m, act, request);
}
