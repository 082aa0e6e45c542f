/**
 * Listeners of emitters nobody can see into: `socket.on('close', f)`. Which events come a driver says
 * (`comes(line, column)` of the listener); what settles a promise comes whatever it says. An event is
 * taken to come once, at any time after the call that registers, in a turn and a lane of its own; unless the listener was taken away before, or the object has reported the opposite.
 */
import { lastName } from '../../program/guard-names.ts';
import { lineStarts, toRange } from '../../program/lines.ts';
import {
  comesBefore,
  endsListening,
  eventOfProperty,
  excludeEachOther,
  namesEvent,
  registersListener,
  removesListener,
} from '../../program/listener-names.ts';
import { isScriptElement } from '../../program/script-names.ts';
import { scriptLoaded } from '../lifecycles.ts';
import type { Frame } from '../frame.ts';
import type { Machine } from '../machine.ts';
import type { Errand } from '../process.ts';
import { RunResult } from '../run.ts';
import { Opaque, STATE, type Value } from '../values.ts';
import { callbackLane } from './builtins/timers.ts';
import { callOnFiber, schedule, uncaught } from './loop.ts';
import { callOpaque, present } from './opaque.ts';
import { capturesSettling } from './promises.ts';
import { state, type Timer } from './state.ts';
import { JsFunction, JsObject } from './values.ts';

export interface Listener {
  emitter: Opaque;
  event: string;
  fn: JsFunction;
  /** What registering gave: a subscription, or a function that ends it. */
  subscription: Value;
  /** It was assigned to. */
  property: string | null;
  timer: Timer;
  /** Taken away, or the opposite was reported. Its turn comes all the same, and does nothing. */
  isOver: boolean;
}

/** Listeners made of one function of the source that are called: those of both callers, not those of every reconnection. */
const mostCalls = 2;

/** The result of a call that registers a listener or takes one away; undefined for any other call. */
export function listenedCall(m: Machine, f: Opaque, thisValue: Value, args: readonly Value[]): Value {
  const s = state(m);
  const emitter = f.from?.kind === 'part' && f.from.of instanceof Opaque ? f.from.of : null;
  const name = emitter === null || f.from?.kind !== 'part' ? '' : lastName(f.from.name);
  if (s.listeners.length > 0) {
    const ended = s.listeners.filter(
      (l) =>
        !l.isOver &&
        ((emitter === l.emitter && removesListener(name) && matches(l, args)) ||
          (l.subscription === f && l.property === null) ||
          (emitter !== null && emitter === l.subscription && emitter !== l.emitter && endsListening(name))),
    );
    for (const l of ended) forget(m, l);
  }
  if (emitter === null || !registersListener(name)) return undefined;
  const fn = args.findLast(isOwn);
  if (fn === undefined || !isExpected(m, fn)) return undefined;
  const made = callOpaque(m, f, args, false);
  const event = eventOf(name, args[0]);
  if (!mayRegister(m, fn)) return made;
  m.assume(`\`${f.name}\` is not known; what is registered with it was taken to be called once, in a turn of its own`);
  register(m, emitter, event, fn, thisValue, args, made);
  return made;
}

/**
 * `socket.onclose = f`: in place of what was assigned before. To be called when the property has been set.
 */
export function listenedProperty(m: Machine, o: Opaque, name: string, value: Value): void {
  const event = eventOfProperty(name);
  if (event === null) return;
  for (const l of state(m).listeners) if (l.emitter === o && l.property === name && !l.isOver) forget(m, l);
  if (!isOwn(value) || !isExpected(m, value) || !mayRegister(m, value)) return;
  m.assume(`\`${o.name}.${name}\` is not known; what is assigned to it was taken to be called once, in a turn of its own`);
  register(m, o, event, value, o, [], undefined, name);
}

/** Counts: those of both callers, not those of every reconnection. */
function mayRegister(m: Machine, fn: JsFunction): boolean {
  return mayCallOnceMore(m, 'listener', fn, mostCalls, 'events', `a listener registered again and again was called ${mostCalls} times`);
}

/** Counts the calls of what is made of one function of the source; with `most` of them the bound is noted. */
export function mayCallOnceMore(m: Machine, role: string, fn: JsFunction, most: number, bound: string, detail: string): boolean {
  if (callsOf(m, role, fn) >= most) {
    m.noteBound(bound, detail);
    return false;
  }
  m.trail.mapSet(state(m).callNumbers, `${role} ${keyOf(fn)}`, callsOf(m, role, fn) + 1);
  return true;
}

/** How often that was called so far. */
export function callsOf(m: Machine, role: string, fn: JsFunction): number {
  return state(m).callNumbers.get(`${role} ${keyOf(fn)}`) ?? 0;
}

function register(
  m: Machine,
  emitter: Opaque,
  event: string,
  fn: JsFunction,
  thisValue: Value,
  args: readonly Value[],
  made: Value,
  property: string | null = null,
): void {
  const s = state(m);
  const lane = callbackLane(m, fn, event);
  const own = s.listeners.filter((l) => l.emitter === emitter);
  const given = Array.from({ length: fn.promise !== null ? 1 : parametersOf(fn) }, (_, i) =>
    present(m, `${emitter.name} ${event}${i === 0 ? '' : ` #${String(i + 1)}`}`),
  );
  const options = args.at(-1);
  const isAborted = (): boolean => {
    const signal = options instanceof JsObject ? options.properties.get('signal')?.value : undefined;
    return signal instanceof JsObject && signal.properties.get('aborted')?.value === true;
  };
  const brings = event === 'load' && isScriptElement(emitter.name) ? waitedFor(m) : null;
  const by = m.fiber?.lane ?? m.process.lane;
  const listener: Omit<Listener, 'timer'> = { emitter, event, fn, subscription: made, property, isOver: false };
  const timer = schedule(m, {
    kind: 'io',
    lane,
    delay: 0,
    holds: [fn, thisValue, ...given],
    after: own.filter((l) => comesBefore(l.event, event)).map((l) => l.timer),
    callback: () => {
      if (listener.isOver || isAborted()) return RunResult.Ended;
      for (const l of state(m).listeners) if (l.emitter === emitter && excludeEachOther(l.event, event)) forget(m, l);
      if (brings !== null) scriptLoaded(m, brings, by);
      return callOnFiber(m, lane, fn, thisValue, given, (value, failed) => {
        if (failed) uncaught(m, value);
      });
    },
  });
  m.trail.set(s, 'listeners', [...s.listeners, Object.assign(listener, { timer })]);
}

/** An errand for those who wait for it: whoever called an asynchronous function that waits has gone on. */
function waitedFor(m: Machine): Errand {
  const waiting = new Set<Frame>();
  for (let f = m.fiber?.top ?? null; f !== null; f = f.code.isAsync ? null : f.caller) waiting.add(f);
  const errand = m.errand();
  return { ...errand, marks: errand.marks?.filter(({ frame }) => waiting.has(frame)) ?? null };
}

function forget(m: Machine, l: Listener): void {
  m.sync(l.timer.object, STATE, 'clear', 0, l.timer.state === 'pending' ? 0 : 1);
  if (l.timer.state === 'pending') m.trail.set(l, 'isOver', true);
}

/** `close` of `on('close', f)` and of `onClose(f)`. */
function eventOf(method: string, first: Value): string {
  if (typeof first === 'string' && namesEvent(method)) return first;
  const event = method.replace(/^on(ce)?(?=[A-Z])/, '');
  return `${event.charAt(0).toLowerCase()}${event.slice(1)}`;
}

/** `off()`, `off('close')`, `off('close', f)`. */
function matches(l: Listener, args: readonly Value[]): boolean {
  const events = args.filter((a) => typeof a === 'string');
  const functions = args.filter((a) => a instanceof JsFunction);
  return events.every((e) => e === l.event) && functions.every((f) => f === l.fn);
}

/** Whether the event comes that the listener waits for. */
function isExpected(m: Machine, fn: JsFunction): boolean {
  if (fn.promise !== null || capturesSettling(fn)) return true;
  if (fn.bound !== null) return isExpected(m, fn.bound.target);
  const { events } = state(m);
  const code = fn.closure?.code;
  if (code === undefined || events.length === 0) return false;
  const at = toRange(lineStarts(code.module.text), code.fn.span);
  return events.some((e) => e.line === at.line && e.column === at.column);
}

/** A function of the program, or one that settles a promise of it. */
function isOwn(v: Value): v is JsFunction {
  if (!(v instanceof JsFunction) || v.isClass) return false;
  if (v.promise !== null) return true;
  if (v.bound !== null) return isOwn(v.bound.target);
  return v.closure !== null && !v.closure.code.internal;
}

function keyOf(f: JsFunction): string {
  if (f.bound !== null) return keyOf(f.bound.target);
  return f.closure === null ? `#${String(f.id)}` : `${f.closure.code.module.path} ${String(f.closure.code.fn.span.start)}`;
}

export function parametersOf(f: JsFunction): number {
  if (f.bound !== null) return Math.max(0, parametersOf(f.bound.target) - f.bound.args.length);
  return f.closure?.code.fn.params.filter((p) => p.kind !== 'rest').length ?? 0;
}
