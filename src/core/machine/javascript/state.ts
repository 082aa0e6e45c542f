/**
 * What the JavaScript runtime keeps for one machine: the intrinsic objects, the built-in names, the
 * event loop's queues. Everything that changes while a program runs changes through the trail.
 */
import type { FrontEndResult } from '../../program/program.ts';
import type { Module } from '../../program/program.ts';
import type { Machine } from '../machine.ts';
import type { Lane, Place, Process } from '../process.ts';
import type { RunResult } from '../run.ts';
import { HeapObject, type Opaque, type Value } from '../values.ts';
import type { Listener } from './unknown-events.ts';
import type { ElementKind } from './binary/store.ts';
import { type JsSymbol, type JsFunction, type JsObject, type JsPromise, type StoredContext } from './values.ts';

export type Parse = (path: string, text: string) => FrontEndResult;

/** The event loop as an object whose operations are visible (order of timers). */
export class LoopObject extends HeapObject {
  readonly type = 'event loop';
  references(): void {
    // Holds nothing a program can reach.
  }
}

export interface Timer {
  process: Process;
  object: JsObject;
  kind: 'timer' | 'immediate' | 'io';
  delay: number;
  /** Virtual time at which it is due, in milliseconds. */
  due: number;
  order: number;
  state: 'pending' | 'fired' | 'cancelled';
  /** Timers and immediates that run before it. */
  after: readonly Timer[];
  callback: (() => RunResult) | null;
  stored: StoredContext | null;
  /** Keeps the process alive. */
  referenced: boolean;
}

export interface Job {
  lane: Lane;
  /** What put it in its queue; known only while an execution is traced. */
  place: Place | null;
  stored: StoredContext | null;
  run: () => RunResult;
}

export interface Intrinsics {
  Object: JsObject;
  Function: JsObject;
  Array: JsObject;
  String: JsObject;
  Number: JsObject;
  Boolean: JsObject;
  BigInt: JsObject;
  Symbol: JsObject;
  Error: JsObject;
  Map: JsObject;
  Set: JsObject;
  WeakMap: JsObject;
  WeakSet: JsObject;
  WeakRef: JsObject;
  Promise: JsObject;
  Date: JsObject;
  RegExp: JsObject;
  Iterator: JsObject;
  ArrayIterator: JsObject;
  StringIterator: JsObject;
  MapIterator: JsObject;
  SetIterator: JsObject;
  RegExpStringIterator: JsObject;
  Generator: JsObject;
  GeneratorFunction: JsObject;
  AsyncGenerator: JsObject;
  AsyncIterator: JsObject;
  AsyncFunction: JsObject;
  AsyncGeneratorFunction: JsObject;
  ArrayBuffer: JsObject;
  SharedArrayBuffer: JsObject;
  TypedArray: JsObject;
  DataView: JsObject;
  Timeout: JsObject;
  Immediate: JsObject;
}

export interface Symbols {
  iterator: JsSymbol;
  asyncIterator: JsSymbol;
  hasInstance: JsSymbol;
  toPrimitive: JsSymbol;
  toStringTag: JsSymbol;
  species: JsSymbol;
  isConcatSpreadable: JsSymbol;
  dispose: JsSymbol;
  asyncDispose: JsSymbol;
  unscopables: JsSymbol;
  match: JsSymbol;
  matchAll: JsSymbol;
  replace: JsSymbol;
  search: JsSymbol;
  split: JsSymbol;
  inspect: JsSymbol;
  promisify: JsSymbol;
}

export interface JsState {
  parse: Parse | null;
  intrinsics: Intrinsics;
  symbols: Symbols;
  registry: Map<string, JsSymbol>;
  globals: Map<string, Value>;
  /** Names nobody defines, as unknown values. */
  unknownGlobals: Map<string, Value>;
  globalObject: JsObject;
  errors: Map<string, JsObject>;
  /** Prototypes of typed arrays, by the kind of their elements. */
  typedArrays: Map<ElementKind, JsObject>;
  promiseConstructor: JsFunction | null;
  /** Unchanged built-ins that fast paths rely on. */
  arrayValues: Value;
  arrayIteratorNext: Value;
  promiseThen: Value;
  hasInstance: Value;
  /** Functions of the prelude that host code calls. */
  prelude: Map<string, Value>;
  modules: Map<string, Value>;
  /** Modules with a model, by name without `node:`. */
  models: Map<string, Value>;
  /** What base classes nobody can see into made of objects, by the number of the object. */
  bases: Map<number, Opaque>;
  /** What unknown hooks gave, by the text of their call. */
  hooks: Map<string, Value>;
  /** A component is being rendered. */
  rendering: boolean;
  moduleObjects: Map<Module, JsObject>;
  loop: LoopObject;
  timers: Timer[];
  /** Where the listeners are whose events come. */
  events: readonly { line: number; column: number }[];
  /** What is registered with emitters nobody can see into. */
  listeners: readonly Listener[];
  /** What waits for calls that were handed an AbortSignal. */
  cancellable: { signal: JsObject; promise: JsPromise }[];
  ticks: Job[];
  microtasks: Job[];
  tickHead: number;
  microtaskHead: number;
  /** Which queue a turn is emptying. */
  phase: 'action' | 'ticks' | 'microtasks';
  rejected: JsPromise[];
  /** What each AsyncLocalStorage holds now: handed on to whatever is put off. */
  stored: StoredContext | null;
  now: number;
  order: number;
  /** The program ended by an uncaught exception or process.exit. */
  dead: boolean;
  callNumbers: Map<string, number>;
  randomCount: number;
  /** How often each interval has fired, by the number of its object. */
  repeats: Map<number, number>;
  indent: number;
  /** Namespaces of the prelude. */
  internal: Set<HeapObject>;
  /** Kind of the turn under way. */
  current: Timer['kind'] | 'main';
}

export function state(m: Machine): JsState {
  return m.runtimeState as JsState;
}
