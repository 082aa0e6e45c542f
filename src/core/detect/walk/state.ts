/**
 * What the walk over one function keeps: flow-sensitive values of locals, locks held, the controls
 * the current statement depends on and the gaps passed, and the facts the rules read.
 */
import type { FunctionDef, Span, Variable } from '../../program/program.ts';
import type { Inside } from '../candidate.ts';
import type { ModuleInfo, TypeInfo } from '../module-info.ts';
import type { ReadShape } from '../models/model.ts';
import type { Place } from '../shared.ts';

/** `loop`: others run only at suspensions; `threads`: at any boundary. */
export type Mode = 'loop' | 'threads';

export interface Held {
  /** Text that is equal for equal locks of one instance. */
  lock: string;
  /** Each acquisition has a number of its own. */
  id: number;
  span: Span;
}

export interface Gap {
  time: number;
  span: Span;
  previous: Gap | null;
}

/** Acts on the path walked. */
export interface Acted {
  time: number;
  kind: ActKind;
  place: Place;
  /** Text of the key under which something was put or from which it was taken. */
  keyText: string | null;
  /** What was set, when it is a literal. */
  literal: string | null;
  span: Span;
  /** An object was made for it. */
  made: boolean;
  /** A flag was raised: `this.ready = true`. */
  raised: boolean;
  held: readonly Held[];
  /** What one may go on with: a container that was emptied, what a caller gave. */
  own: 'emptied' | 'given' | 'put' | null;
  previous: Acted | null;
}

export interface Read {
  place: Place;
  span: Span;
  shape: ReadShape;
  time: number;
  held: readonly Held[];
  /** Text of the key, for look-ups by key. */
  keyText: string | null;
  /** Made by a function called here. */
  viaCall: boolean;
  /** A function called here took it out and gives it. */
  taken?: true;
  /** No read: it was set here, and is taken to be there from then on. */
  isSet?: true;
}

export type CheckShape = 'membership' | 'emptiness' | 'absence' | 'value';

export interface Control {
  read: Read;
  shape: CheckShape;
  /** The clause of the test, or the reading expression when the test only sees a local. */
  span: Span;
  /** The test calls for waiting: `while not ready`. */
  source: 'test' | 'exception';
}

export type ActKind = 'assign' | 'set' | 'add' | 'remove' | 'update' | 'atomic' | 'mutate' | 'use';

export interface Act {
  kind: ActKind;
  place: Place;
  span: Span;
  time: number;
  held: readonly Held[];
  keyText: string | null;
  /** Value written: what it is made of. */
  value: Value | null;
  /** A flag was raised: `this.ready = true`. */
  raised: boolean;
  /** A flag that was raised here is let down again. */
  lowers: boolean;
  /** The act itself is inside a call, which checks again by itself. */
  guarded: boolean;
  viaCall: boolean;
  /** Reached through a local that was read before a gap. */
  stale: boolean;
  /** A method of it is called, whose name says nothing of its end. */
  called?: true;
  /** Where it happens inside an asynchronous call, which goes on in a frame of its own. */
  inside: readonly Inside[];
}

export interface Value {
  /** Reads of shared state this value derives from. */
  reads: readonly Read[];
  /** Shared place this value is a reference to. */
  place: Place | null;
  /** An instance of this owner of attributes (`self`, `this`, a typed parameter), written as `base`. */
  instance: { owner: string; base: string; cls: TypeInfo['cls'] } | null;
  type: TypeInfo | null;
  fn: FunctionDef | null;
  /** Qualified name of an imported or built-in thing. */
  qualified: string | null;
  /** Made here: by a call, `new`, a literal; or awaited. */
  made: boolean;
  /** An object nobody else has. */
  fresh: boolean;
  /** Awaited call the value comes from. */
  awaited: { span: Span; time: number } | null;
  /** A promise that is not waited for: of an own asynchronous function, or one that is made here. */
  promise: boolean;
  /** Python: a call of an own coroutine that never suspends. */
  settled: boolean;
  /** Path of a file object (pathlib), as text. */
  path: string | null;
  /** React: the state a setter sets. */
  setter: Place | null;
  /** A row of this table, as it was read. `through`: assignments to it reach the table. */
  row: { table: Place; through: boolean } | null;
  /** Lock that calling it gives back: `const release = await mutex.acquire()`. */
  releases: string | null;
}

export const nothing: Value = {
  reads: [],
  place: null,
  instance: null,
  type: null,
  fn: null,
  qualified: null,
  made: false,
  fresh: false,
  awaited: null,
  promise: false,
  settled: false,
  path: null,
  setter: null,
  row: null,
  releases: null,
};

export interface Flow {
  env: Map<Variable, Value>;
  /** Suspensions passed, latest first. */
  suspended: Gap | null;
  /** Blocking calls passed, latest first. */
  blocked: Gap | null;
  held: readonly Held[];
  controls: readonly Control[];
  /** Acts passed, latest first. */
  acted: Acted | null;
  /** A context of another was started before this point. */
  spawned: boolean;
}

const takesOut = /\.(?:shift|pop|popleft|popitem|get_nowait)\(\s*\)$/;

/** What was taken out is one's own: whatever the others put in or take out later does not make it less so. */
export function isTakenOut(info: ModuleInfo, read: Read): boolean {
  return read.taken === true || takesOut.test(info.text(read.span));
}

/** A value of the type as an object that goes by the name `base`. */
export function instanceOf(info: ModuleInfo, type: TypeInfo | null | undefined, base: string): Value['instance'] {
  return type?.cls == null ? null : { owner: info.ownerName(type.cls), base, cls: type.cls };
}

/** A check and an act that relies on it. */
export interface Pair {
  fn: FunctionDef;
  read: Read;
  check: Span;
  shape: CheckShape;
  via: 'control' | 'data';
  act: Act;
  gap: Gap | null;
  mode: Mode;
  /** A lock was held at both, by different acquisitions. */
  split: boolean;
  /** One acquisition of these locks covers both. */
  section: readonly string[];
  /** The asynchronous callback it is in, of which several may be under way in one call: `Promise.all(ids.map(async (id) => …))`. */
  within?: FunctionDef;
}

export interface Iteration {
  fn: FunctionDef;
  place: Place;
  iterable: Span;
  target: Span;
  gap: Gap | null;
  held: readonly Held[];
  mode: Mode;
  use: Span;
}

export interface Wait {
  fn: FunctionDef;
  test: Span;
  reads: readonly Read[];
  wait: Span;
  /** Later acts on the state tested, in this function. */
  act: Act | null;
  /** A condition variable's wait, rather than an await in the branch. */
  isCondition: boolean;
}

export interface LockOrder {
  fn: FunctionDef;
  outer: Held;
  inner: Held;
  /** Everything held when the inner one was taken. */
  held: readonly Held[];
}

export interface AwaitedWrite {
  fn: FunctionDef;
  place: Place;
  request: Span;
  /** Where it was set before the request, to begin anew. */
  reset: Span | null;
  act: Act;
  rechecked: boolean;
}

/** What a caller must know of a function. */
export interface Summary {
  reads: { read: Read; beforeGap: boolean; returned: boolean; shape: ReadShape }[];
  /** `always`: whatever way the function takes. */
  acts: { act: Act; afterGap: boolean; guarded: boolean; always: boolean }[];
  /** A real suspension is possible. */
  suspends: boolean;
  blocks: boolean;
  /** Locks taken and not given back, or held all along. */
  locks: readonly Held[];
  returned: Value;
}

export const emptySummary: Summary = { reads: [], acts: [], suspends: false, blocks: false, locks: [], returned: nothing };

/** What is checked is set first, and what it stands for comes after a gap: `if (ready) return; ready = true; data = await load()`. */
export interface EarlySet {
  fn: FunctionDef;
  check: Control;
  set: Acted;
  act: Act;
  gap: Gap | null;
  /** The act is an awaited call of what was set, which makes it ready: what the function gives, or makes sure of. */
  readies?: 'given' | 'ensured';
}

/** What was emptied or given before a gap is filled or used after it. */
export interface OwnUse {
  fn: FunctionDef;
  set: Acted;
  act: Act;
  gap: Gap | null;
  mode: Mode;
}

export interface Ending {
  fn: FunctionDef;
  place: Place;
  span: Span;
  /** The method or function that is called, `close`, `clearTimeout`; null where what is there is called itself. */
  by: string | null;
}

export interface Stored {
  fn: FunctionDef;
  /** What was waited for, or the call that set a timer. */
  gap: Span;
  act: Act;
  /** A timer does it. */
  isTimed: boolean;
}

export interface Facts {
  reads: { fn: FunctionDef; read: Read; quiet: boolean }[];
  acts: { fn: FunctionDef; act: Act; quiet: boolean }[];
  pairs: Pair[];
  iterations: Iteration[];
  waits: Wait[];
  orders: LockOrder[];
  awaited: AwaitedWrite[];
  early: EarlySet[];
  own: OwnUse[];
  /** Calls of things by what was checked of something else: `if (this.closed) return; await …; this.socket.send()`. */
  uses: Pair[];
  /** What is ended, by the name of what is called: `this.socket.end()`, `clearTimeout(this.timer)`. */
  endings: Ending[];
  /** What was made or given after a gap is stored: `this.socket = await connect()`. */
  stored: Stored[];
  /** Where promises are put. */
  promises: string[];
  /** Not only what is in the function itself counted, but all text it spans, with that of functions inside it. */
  byText: boolean;
}

export function emptyFacts(): Facts {
  return {
    reads: [],
    acts: [],
    pairs: [],
    iterations: [],
    waits: [],
    orders: [],
    awaited: [],
    early: [],
    own: [],
    uses: [],
    endings: [],
    stored: [],
    promises: [],
    byText: false,
  };
}

export interface Loop {
  label: string | null;
  breaks: Flow[];
  continues: Flow[];
  isLoop: boolean;
}

export interface Walk {
  info: ModuleInfo;
  facts: Facts;
  summaryOf: (fn: FunctionDef) => Summary;
  fn: FunctionDef;
  mode: Mode;
  /** Null: unreachable. */
  flow: Flow;
  dead: boolean;
  loops: Loop[];
  returns: { flow: Flow; value: Value; controls: readonly Control[] }[];
  /** Exceptions thrown so far. */
  raised: number;
  /** First gap of the function at this time, for summaries. */
  firstSuspension: number;
  reads: Read[];
  acts: Act[];
  /** Statement being walked, when the act is the whole statement. */
  statement: Span | null;
  /** Reads and key errors of enclosing try bodies. */
  tries: Control[][];
  waitTests: { span: Span; controls: readonly Control[]; inLoop: boolean }[];
  openWaits: Wait[];
  loopDepth: number;
  /** Evaluating the test of a branch or loop. */
  inTest: boolean;
  depth: number;
  /** A walk of a callback inside: where the callee's body is. */
  inner: FunctionDef[];
  /** Those of them that run later: they count as functions of their own. */
  later: FunctionDef[];
  /** The call that set the timer whose callback this is. */
  timer: Span | null;
  pairKeys: Set<string>;
  /** Reads whose values were handed to calls. */
  handed: Read[];
  /** Callbacks walked where they are handed over: what they do counts there. */
  inlined: Set<FunctionDef>;
}

/** The text of the function walked, with all that is inside it. */
export function ownText(w: Walk): string {
  w.facts.byText = true;
  return w.info.text(w.fn.span);
}

/** One clock for all walks: times only ever compare within one walk. */
let clock = 0;
export function tick(): number {
  return ++clock;
}

export function copyFlow(flow: Flow): Flow {
  return { ...flow, env: new Map(flow.env) };
}

/** Values at the join of two paths. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b) return a;
  const reads = a.reads.length === 0 ? b.reads : b.reads.length === 0 ? a.reads : union(a.reads, b.reads);
  return {
    reads,
    place: a.place ?? b.place,
    instance: a.instance ?? b.instance,
    type: a.type ?? b.type,
    fn: a.fn ?? b.fn,
    qualified: a.qualified ?? b.qualified,
    made: a.made || b.made,
    fresh: a.fresh && b.fresh,
    awaited: later(a.awaited, b.awaited),
    promise: a.promise || b.promise,
    settled: a.settled && b.settled,
    path: a.path ?? b.path,
    setter: a.setter ?? b.setter,
    row: a.row ?? b.row,
    releases: a.releases ?? b.releases,
  };
}

function later<T extends { time: number }>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b;
  return a.time >= b.time ? a : b;
}

export function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const all = new Set(a);
  for (const x of b) if (all.size < 24) all.add(x);
  return all.size === a.length ? a : [...all];
}

/** The join of two paths; gaps of the path that met the later one. */
/** What was done on either way. */
function both(a: Flow['acted'], b: Flow['acted']): Flow['acted'] {
  while (a !== b && a !== null && b !== null) {
    if (a.time >= b.time) a = a.previous;
    else b = b.previous;
  }
  return a === b ? a : null;
}

export function joinFlows(a: Flow, b: Flow, controls: readonly Control[]): Flow {
  const env = new Map(a.env);
  for (const [variable, value] of b.env) {
    const mine = env.get(variable);
    env.set(variable, mine === undefined ? value : joinValues(mine, value));
  }
  const held =
    a.held === b.held
      ? a.held
      : a.held
          .filter((h) => b.held.some((other) => other.lock === h.lock))
          .map((h) => b.held.find((other) => other.lock === h.lock && other.id > h.id) ?? h);
  return {
    env,
    acted: both(a.acted, b.acted),
    suspended: later(a.suspended, b.suspended),
    blocked: later(a.blocked, b.blocked),
    held,
    controls,
    spawned: a.spawned || b.spawned,
  };
}
