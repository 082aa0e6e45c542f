/**
 * What the machine asks of a language: the meaning of its operations. The Python and JavaScript
 * runtimes implement it. Every operation may, besides giving a value,
 *  - return PUSHED: it pushed a frame whose result will be delivered to the destination register;
 *  - return STOP: it is a visible operation and the step ends before it (asked by `m.stopBefore`);
 *  - return SUSPEND: the fiber is suspended (await) and will get its value when resumed;
 *  - throw Raise: the program sees an exception; throw Unsupported: the simulation ends here.
 * An operation must not have changed anything when it returns STOP.
 */
import type { BinaryOperator, CompareOperator, ConstValue, UnaryOperator } from '../program/program.ts';
import type { ClassShape, MemberShape } from './compile-classes.ts';
import type { ImportRequest } from './compile-imports.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import type { Blocker, Place } from './process.ts';
import { Immutable, type Closure, type Value } from './values.ts';

class Signal extends Immutable {
  readonly type: string;
  constructor(type: string) {
    super();
    this.type = type;
  }
}

export const PUSHED: Value = new Signal('pushed');
export const STOP: Value = new Signal('stop');
export const SUSPEND: Value = new Signal('suspend');

/** An exception of the simulated program on its way through host code. No `Error`: taking down the host's stack costs more than the rest. */
export class Raise {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** Something the machine does not simulate. */
export class Unsupported extends Error {
  readonly what: string;
  constructor(what: string) {
    super(what);
    this.what = what;
  }
}

/** A built-in needs to know a value that nobody knows: what it computes is not known either. */
export class UnknownOperand extends Unsupported {}

export type Keywords = ReadonlyMap<string, Value> | null;

/** A function of the runtime, written in the host language. One visible operation at most. */
export class Native extends Immutable {
  readonly type = 'builtin_function_or_method';
  readonly name: string;
  readonly fn: (m: Machine, args: readonly Value[], keywords: Keywords, thisValue: Value) => Value;
  readonly traits: NativeTraits;
  constructor(name: string, fn: Native['fn'], traits: NativeTraits = {}) {
    super();
    this.name = name;
    this.fn = fn;
    this.traits = traits;
  }
}

export interface NativeTraits {
  /** Never a visible operation, even with shared arguments (`isinstance`, `id`). */
  pure?: boolean;
  /** Always a visible operation. */
  visible?: boolean;
  /** May block: called before the operation; null when it will not block whatever happens. */
  block?: (m: Machine, args: readonly Value[], keywords: Keywords, thisValue: Value) => Blocker | null;
  /** A preemption is natural after it (sleep, I/O): the step ends there. In words: `sleep(0.001)`. */
  yields?: boolean;
  /** Releases the GIL, or reaches CPython's eval breaker, for the runtimes table. */
  gil?: 'releases' | 'call' | 'hot';
}

export interface LanguageOps {
  constant(value: ConstValue): Value;
  binary(m: Machine, op: BinaryOperator, a: Value, b: Value): Value;
  inPlace(m: Machine, op: BinaryOperator, a: Value, b: Value): Value;
  unary(m: Machine, op: UnaryOperator | 'toNumeric' | 'increment' | 'decrement', a: Value): Value;
  compare(m: Machine, op: CompareOperator, a: Value, b: Value): Value;
  /** What tasks of an event loop that has nothing left to do wait for: the functions of the library they are in. */
  stuckIn?(m: Machine): string[];
  /** What a native function gives that raised this because of an unknown argument; undefined when it is the program's own fault. */
  unknownResult?(m: Machine, exception: Value, name: string, args: readonly Value[]): Value;
  /** true, false, or PUSHED / STOP. */
  truth(m: Machine, v: Value): Value;
  getAttr(m: Machine, o: Value, name: string): Value;
  /** undefined, PUSHED or STOP. */
  setAttr(m: Machine, o: Value, name: string, v: Value): Value;
  delAttr(m: Machine, o: Value, name: string): Value;
  getIndex(m: Machine, o: Value, key: Value): Value;
  setIndex(m: Machine, o: Value, key: Value, v: Value): Value;
  delIndex(m: Machine, o: Value, key: Value): Value;
  slice(lower: Value, upper: Value, step: Value): Value;
  /** Anything callable, closures and natives included. */
  call(m: Machine, callee: Value, thisValue: Value, args: Value[], keywords: Keywords): Value;
  callMethod(m: Machine, o: Value, name: string, args: Value[], keywords: Keywords, special: boolean, isSuper: boolean): Value;
  construct(m: Machine, callee: Value, args: Value[]): Value;
  superCall(m: Machine, frame: Frame, args: Value[]): Value;
  superReference(m: Machine, frame: Frame): Value;
  /** Binds arguments of a call to the registers of a new frame. Throws Raise on a mismatch. */
  bind(m: Machine, frame: Frame, closure: Closure, args: readonly Value[], keywords: Keywords): void;
  makeClosure(m: Machine, closure: Closure): Value;
  makeClass(m: Machine, shape: ClassShape, bases: Value[], keywords: Keywords, body: Value): Value;
  classLocal(m: Machine, frame: Frame, name: string): Value;
  setClassLocal(m: Machine, frame: Frame, name: string, v: Value): void;
  deleteClassLocal(m: Machine, frame: Frame, name: string): void;
  makeObject(m: Machine): Value;
  defineProperty(m: Machine, o: Value, key: Value, v: Value, shape: MemberShape | string): Value;
  copyProperties(m: Machine, to: Value, from: Value, except: readonly Value[]): Value;
  makeList(m: Machine, items: Value[]): Value;
  makeTuple(m: Machine, items: Value[]): Value;
  makeSet(m: Machine): Value;
  makeDict(m: Machine): Value;
  listAppend(m: Machine, list: Value, v: Value): Value;
  /** Adds everything of an iterable (also to a set). */
  listExtend(m: Machine, list: Value, iterable: Value): Value;
  setAdd(m: Machine, set: Value, v: Value): Value;
  dictSet(m: Machine, dict: Value, key: Value, v: Value): Value;
  dictMerge(m: Machine, dict: Value, other: Value): Value;
  listItems(v: Value): Value[];
  template(m: Machine, parts: readonly (string | { value: Value; conversion: string; format: Value | null })[]): Value;
  regexp(m: Machine, source: string, flags: string): Value;
  iterate(m: Machine, v: Value, isAsync: boolean): Value;
  /** The next value, DONE, PUSHED (a frame in mode Iterate), or STOP. */
  next(m: Machine, iterator: Value, sent: Value): Value;
  /** A loop is left early. `maker` is the generator function that it called, when only the loop has what that made. */
  iterClose(m: Machine, iterator: Value, maker: string | null): Value;
  /** Exactly `count` values, or with a star at `star` (then that one is a list). */
  unpack(m: Machine, v: Value, count: number, star: number): Value[] | 'pushed' | 'stop';
  /**
   * Called before a data choice: what the choice does not depend on may be done now, once, instead of after every answer
   * to it.
   */
  beforeChoice?(m: Machine): void;
  exceptionMatches(m: Machine, exception: Value, type: Value | string): Value;
  makeException(m: Machine, type: string, message: string): Value;
  /** What `raise v` throws (instantiates classes, wraps); PUSHED when a constructor must run. */
  raised(m: Machine, v: Value, cause: Value): Value;
  await(m: Machine, v: Value): Value;
  /** A generator or coroutine function was called: what the caller gets instead of running it. */
  startGenerator(m: Machine, frame: Frame): Value;
  yielded(m: Machine, frame: Frame, v: Value): Value;
  /** A frame of a generator or async function returned or threw; true when handled here. */
  ended(m: Machine, frame: Frame, v: Value, failed: boolean): boolean;
  importName(m: Machine, request: ImportRequest, module: Value): Value;
  global(m: Machine, name: string): Value;
  intrinsic(m: Machine, name: string, args: Value[], frame: Frame, extra: unknown): Value;
  show(v: Value): string;
  /** What the event loop has waiting now; null outside an event loop. Only asked while an execution is traced. */
  queues(m: Machine): LoopQueues | null;
}

/** Something that an event loop will run later. */
export interface Waiting {
  /** Null for a callback of the library. */
  lane: number | null;
  /** What put it there, or where it goes on. */
  place: Place | null;
  /** Timers: milliseconds of virtual time until it is due. */
  due?: number;
}

export interface LoopQueues {
  /** What started the turn under way; null where a thread runs. */
  turn: 'script' | 'ready' | 'timer' | 'immediate' | 'completion' | null;
  /** In the order in which the loop serves them; items in the order they run, completions in any. */
  queues: { kind: 'ticks' | 'microtasks' | 'ready' | 'timers' | 'completions' | 'immediates'; items: Waiting[] }[];
}
