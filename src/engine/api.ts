/**
 * What the command line, the server's simulation workers and the MCP server call: front ends,
 * detection, simulation and trace composed. Synchronous and pure but for what is handed in
 * (`Control`); a caller that must not block runs it in a worker. Nothing here throws on any source
 * text: what cannot be parsed, is too large or cannot be simulated comes back as data.
 */
import type { Trace, TraceRange, TraceLanguage, Verdict } from '../core/trace/trace.ts';
import type { DriveFrom } from '../protocol/lsp.ts';
import type { DriveState, RunOn } from '../protocol/panel.ts';

export interface SourceFile {
  path: string;
  text: string;
  language: TraceLanguage;
}

/** Reads a workspace file that the source imports; null when there is none. Paths as in SourceFile. */
export interface ReadFile {
  (path: string): string | null;
  /** Files that import a file, at first or second hand; what calls it in a context of its own may be there. */
  usersOf?: (path: string) => readonly string[];
}

export interface Control {
  /** Milliseconds from any origin; the engine has no clock of its own. */
  now: () => number;
  /** Polled often; true ends the work early with what is known (verdict `bounded`, bound `cancelled`). */
  cancelled: () => boolean;
  /** Progress of a long exploration, called at most a few times a second. */
  progress?: (executions: number) => void;
  /** Called whenever an execution that looks wrong is seen for the first time. */
  suspected?: () => void;
}

export interface EngineOptions {
  /** `cpython`, `cpython-3.9` … `cpython-3.13`, `cpython-3.13t`, `node`; null: the language's rule. */
  runtime: string | null;
  /** Per candidate. Default 100,000. */
  maxExecutions: number;
  /** Per candidate, milliseconds. Default 2,000. */
  timeoutMs: number;
  /** Stop at this many preemptions; null: no such bound. */
  preemptions: number | null;
  /** How often an endless loop's body runs. Default 2. */
  loopBound: number;
  /** Explore everything even after a violation and report all outcomes. */
  all: boolean;
  /** Rules that are off. */
  disabledRules: string[];
  /** Severity overrides by rule. */
  severities: Record<string, Severity | 'off'>;
  /** Also report candidates without evidence of concurrency and unsupported ones, as hints. */
  hints: boolean;
  /** The user's effect models: parsed content of race-replay.json, or null. */
  models: unknown;
  /** Edited driver code to use in place of the synthesised harness, or null. */
  harness: string | null;
}

export type Severity = 'warning' | 'information' | 'hint';
export type Evidence = 'code' | 'contract' | 'none';

export interface FindingSite {
  range: TraceRange;
  /** `check: reads stack[0]`. */
  label: string;
}

export interface Finding {
  /** Stable fingerprint: rule, function, text of check and act; no line numbers. */
  id: string;
  rule: string;
  severity: Severity;
  message: string;
  /** Name of the shared state. */
  shared: string;
  check: TraceRange;
  act: TraceRange;
  /** The interfering write, when the witness shows one. */
  interference: TraceRange | null;
  /** Where the gap opens (the await, the sleep), when it is a place of its own. */
  gap: TraceRange | null;
  contexts: string[];
  evidence: Evidence;
  verdict: Verdict;
  /** Schedule of the witness: `rr1:…`. Empty unless verdict is `violation`. */
  schedule: string;
  contextSwitches: number;
}

/** A function that has candidates, for the lens: also the safe and the bounded ones. */
export interface Subject {
  /** The function's name as a person says it. */
  name: string;
  /** The range of the function's name, and its whole range. */
  nameRange: TraceRange;
  range: TraceRange;
  /** Worst verdict over its candidates. */
  verdict: Verdict;
  /** Ids of its findings. */
  findings: string[];
  /** One line for the hover: `96 interleavings explored, none fails`. */
  detail: string;
}

export interface FileProblem {
  message: string;
  range: TraceRange;
}

export interface CheckResult {
  path: string;
  language: TraceLanguage;
  lines: number;
  problems: FileProblem[];
  findings: Finding[];
  subjects: Subject[];
  /** Paths of the other files that were looked at. */
  follows: string[];
}

export interface SimulateRequest {
  file: SourceFile;
  /** 1-based line inside the function or statement of interest; null: the worst finding of the file. */
  line: number | null;
  /** Simulate this finding. */
  findingId?: string;
  /** Follow this schedule instead of searching. */
  schedule?: string;
  /** The text that the schedule was made on, when that is not the file's. */
  scheduleText?: string;
}

export type DriveGoal = DriveFrom['goal'];

/** An execution driven by hand. Every call returns the whole new state. */
export interface DriveSession {
  state(control: Control): DriveState;
  move(lane: number, alternative: number, control: Control): DriveState;
  /** Takes back the last request: a move, or all that running on did. */
  undo(control: Control): DriveState;
  /** Takes back everything from a step of the trace on. */
  rewind(step: number, control: Control): DriveState;
  /** Runs on until the execution fails or ends. */
  run(how: RunOn, control: Control): DriveState;
}

export interface Fix {
  title: string;
  rule: string;
  edits: { range: TraceRange; newText: string }[];
  /** The trace of the fixed text: verdict `verified` or `bounded` and none fails. */
  trace: Trace;
}

export interface Engine {
  check(file: SourceFile, options: EngineOptions, control: Control, readFile?: ReadFile): CheckResult;
  simulate(request: SimulateRequest, options: EngineOptions, control: Control, readFile?: ReadFile): Trace;
  drive(request: SimulateRequest, from: DriveFrom, options: EngineOptions, control: Control, readFile?: ReadFile): DriveSession;
  /** Fixes whose result was simulated and found not to fail, best first. */
  fixes(file: SourceFile, findingId: string, options: EngineOptions, control: Control, readFile?: ReadFile): Fix[];
}

export const defaultOptions: EngineOptions = {
  runtime: null,
  maxExecutions: 100_000,
  timeoutMs: 2_000,
  preemptions: null,
  loopBound: 2,
  all: false,
  disabledRules: [],
  severities: {},
  hints: false,
  models: null,
  harness: null,
};
