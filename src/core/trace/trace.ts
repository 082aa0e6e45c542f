/**
 * The trace, version 1: the only thing the views (panel, command line, exports) see of a
 * simulation. It is what the machine executed, step by step. The JSON form is this type as it
 * stands; test/trace validates it against media/schemas/race-trace.schema.json.
 * All lines and columns are 1-based; columns count UTF-16 units; ends are exclusive.
 */

export type TraceLanguage = 'python' | 'typescript' | 'javascript';

export interface TraceRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** Only when the range is not in `source.path` (a followed import): path as in `source`. */
  path?: string;
}

export type Verdict = 'violation' | 'verified' | 'bounded' | 'unsupported';

/** `order-violation`: some serial orders fail too, others do not; `every-order`: all do, a plain bug. */
export type ViolationKind =
  | 'stale-act'
  | 'non-serialisable'
  | 'exception'
  | 'assertion'
  | 'deadlock'
  | 'lost-wakeup'
  | 'order-violation'
  | 'every-order';

export interface TraceViolation {
  kind: ViolationKind;
  /** Rule id, e.g. `check-then-act`. */
  rule: string;
  /** The whole message, several sentences at most: check, gap, act, shared state, who, consequence. */
  message: string;
  /** One plain sentence: what went wrong, with the values seen. */
  story: string;
  /** The shared state at stake, as a person would write it: `stack`, `self.seats['12A']`. */
  shared: string;
  check: TraceRange | null;
  act: TraceRange | null;
  interference: TraceRange | null;
  /** Indices into `steps`. */
  checkStep: number | null;
  interferenceStep: number | null;
  actStep: number | null;
  /** What opens the gap: `sleep(0.001)`, `await connect()`, `a thread switch`. */
  gap: string;
  /** Why two contexts can overlap, in words: "started as threads at lines 15 and 17". */
  evidence: string;
}

export interface TraceLane {
  /** Stable in the trace; steps refer to it. */
  id: number;
  /** `thread1`, `withdraw #1`, `main`. */
  name: string;
  kind: 'main' | 'thread' | 'task' | 'request' | 'callback' | 'timer' | 'loop';
  /** Where it was started, when that is in the source. */
  startedAt: TraceRange | null;
}

/** One access of shared state within a step. Values are as the language prints them (repr). */
export interface TraceAccess {
  kind: 'read' | 'write' | 'delete' | 'sync';
  /** Key into `locations`. */
  location: string;
  /** For a read the value seen; for a write the value written; absent for delete and sync. */
  value?: string;
  /** For a write or delete: the value before. */
  before?: string;
  /** For a sync: `acquire`, `release`, `wait`, `notify`, `put`, `get`, `join`, `start`, … */
  operation?: string;
  range: TraceRange;
}

export interface TraceLocation {
  /** `stack`, `self.balance`, `lock`. */
  name: string;
  kind: 'value' | 'lock' | 'file' | 'table' | 'output';
}

/** Something an event loop will run later. */
export interface TraceWaiting {
  /** Null when it has no lane of its own in this trace. */
  lane: number | null;
  /** Source text of what put it there (`setTimeout(f, 10)`) or where it goes on (`await read()`); empty for library code. */
  text: string;
  range: TraceRange | null;
  /** Timers: milliseconds of virtual time until it is due. */
  due?: number;
}

export interface TraceQueue {
  /** `ticks` is the queue of `process.nextTick`, `ready` that of asyncio, `completions` what arrives from outside, in any order. */
  kind: 'ticks' | 'microtasks' | 'ready' | 'timers' | 'completions' | 'immediates';
  count: number;
  /** At most 4, in the order they run. */
  first: TraceWaiting[];
}

/** The event loop when a step has ended. */
export interface TraceQueues {
  /** What started the turn that the step ran in; null for a step of a thread, outside the loop. */
  turn: 'script' | 'ready' | 'timer' | 'immediate' | 'completion' | null;
  /** The turn's callback, or a job it took from a queue before it ended. */
  job: 'callback' | 'tick' | 'microtask';
  /** Queues that are not empty, in the order in which the loop serves them. */
  waiting: TraceQueue[];
}

export interface TraceStep {
  /** Position in `steps`. */
  index: number;
  lane: number;
  /** The statement (or the part of it) that ran. */
  range: TraceRange;
  /** Source text of the range, at most 200 characters. */
  text: string;
  /** What it did, one short sentence without the lane's name: `reads stack[0] = 2`. */
  summary: string;
  accesses: TraceAccess[];
  /** Names and values of the shared locations this step changed. Keys as in `locations`. */
  before: Record<string, string>;
  after: Record<string, string>;
  /** The lane's local variables after the step, only those that changed. */
  locals: Record<string, string>;
  /** True where the lane could have been preempted before this step (a visible operation). */
  visible: boolean;
  role?: 'check' | 'gap' | 'interference' | 'act' | 'violation';
  /** The lane suspended here (await, sleep, blocked). In words. */
  suspended?: string;
  /** Text printed by the step. */
  output?: string;
  /** An exception that left the step uncaught in its statement. */
  exception?: string;
  /** Happens-before: per lane id, number of that lane's steps that happen before or at this one. */
  clock?: number[];
  /** Only when it differs from that of the step before; absent from the start where no event loop runs. */
  queues?: TraceQueues;
}

/** A stale copy: lane's local `name`, taken from `location` at `fromStep`, wrong since `staleStep`. */
export interface TraceStaleCopy {
  lane: number;
  name: string;
  value: string;
  location: string;
  fromStep: number;
  staleStep: number;
  /** First step at which the local no longer matters, or null. */
  endStep: number | null;
}

export interface TraceBound {
  /** `executions`, `time`, `loop iterations`, `recursion`, `preemptions`, `slice`. */
  kind: string;
  /** Plain words: `each endless loop ran at most 2 times`. */
  detail: string;
}

export interface RuntimeVerdict {
  /** `cpython-3.9`, `cpython-3.13t`, `node`. */
  runtime: string;
  possible: boolean;
}

export interface Trace {
  version: 1;
  source: { path: string; sha256: string; language: TraceLanguage; text?: string };
  runtime: string;
  verdict: Verdict;
  /** Set when verdict is `unsupported`: what and where. */
  unsupported: { what: string; range: TraceRange } | null;
  violation: TraceViolation | null;
  explored: {
    executions: number;
    redundant: number;
    complete: boolean;
    bound: TraceBound | null;
    elapsedMs: number;
    /** Every execution with fewer context switches than the witness was searched. */
    fewestSwitches: boolean;
    /** How many of the executions were wrong (only exact with `--all`; otherwise those seen). */
    violations: number;
  };
  contextSwitches: number;
  runtimes: RuntimeVerdict[];
  /** What was taken for granted: `sleep is not defined in this file; taken to be time.sleep`. */
  assumptions: { text: string; range: TraceRange | null }[];
  /** The synthesised driver as readable code, or null when the file starts its own contexts. */
  harness: string | null;
  lanes: TraceLane[];
  locations: Record<string, TraceLocation>;
  /** Value of every location before step 0. */
  initial: Record<string, string>;
  steps: TraceStep[];
  staleCopies: TraceStaleCopy[];
  outcome: { observed: Record<string, string>; serial: Record<string, string>[] };
  /** A serial order that works, for comparison; steps like `steps`, without accesses' ranges. */
  serialWitness: { order: string; steps: TraceStep[] } | null;
  /** Only where a given schedule could not be followed to its end: after which step, and why not further. */
  divergence?: { step: number; reason: string };
  /** With `--all`. */
  outcomes?: { state: Record<string, string>; executions: number; serial: boolean }[];
  schedule: string;
}
