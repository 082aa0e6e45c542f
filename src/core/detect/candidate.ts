/**
 * What detection hands to simulation: a place where a race may be, and a way to run it. A candidate
 * is never shown to a user; only a witness found by running it is.
 */
import type { ClassDef, FunctionDef, Module, Program, Span } from '../program/program.ts';

export type RuleId =
  | 'check-then-act'
  | 'lost-update'
  | 'double-init'
  | 'get-or-create'
  | 'check-then-remove'
  | 'file-toctou'
  | 'db-check-then-act'
  | 'stale-after-await'
  | 'split-critical-section'
  | 'mutate-while-iterating'
  | 'wait-without-loop'
  | 'lock-order'
  | 'stale-response';

/** `module`: the file it is in, when that is another than the candidate's. */
export interface Inside extends Span {
  module?: Module;
}

export interface Candidate {
  rule: RuleId;
  module: Module;
  fn: FunctionDef;
  /** The class whose instance is shared, when the state is `self.…` / `this.…`. */
  owner: ClassDef | null;
  /** The expression that reads the shared state, and the statement or expression that relies on it. */
  check: Span;
  act: Span;
  /** Where the act happens when it is the call of an asynchronous function of the program. */
  inside: readonly Inside[];
  /** Where the gap opens (await, sleep, call, lock release); null: nothing but the boundary of two operations. */
  gap: Span | null;
  /** Shared state as a person writes it: `stack`, `self.seats[seat]`. */
  shared: string;
  /** Name of the root the state hangs on: the global's, attribute's, variable's or table's name. */
  sharedName: string;
  /**
   * Rank among candidates at the same act: the more specific rule wins (a `get-or-create` is also a
   * `check-then-act`). Higher is more specific.
   */
  specificity: number;
  /** The act only uses what was checked: it takes somebody else to change it. */
  uses?: true;
  /** The check is an assignment: what it put there is used later, unless somebody has taken it away. */
  sets?: true;
  /**
   * The check is a write of the same call, which emptied what it then fills, keeps what it was given there, or
   * put a file there that it then moves.
   */
  own?: 'emptied' | 'given' | 'put';
  /** What is checked is set before what it stands for is there: the act is what comes later. */
  early?: true;
  /** And the act is an awaited call of it that makes it ready: whoever is given it before is given what is not. */
  readies?: true;
  /** Where others end what the act puts there: it is put there although that was over, and nobody ends it any more. */
  ends?: readonly Span[];
  /** Nothing but two calls that may overlap says that it goes wrong, and whoever makes them may see to it that they do not. */
  isMild?: true;
  /** Functions that are known to get in its way, when it is not those that change the state: who takes the locks the other way round. */
  rivals?: readonly FunctionDef[];
}

/** Why contexts overlap: product.md's evidence table. */
export interface Evidence {
  kind: 'code' | 'contract' | 'none';
  /** `started as threads at lines 15 and 17`, `async method: callers need not await each other`. */
  text: string;
  spans: Span[];
  /** It says nothing of this program: whoever uses the file may see to it that it does not happen. */
  isMild?: true;
}

/**
 * How to run a candidate. `driver`: the module starts its own contexts, run it as it is.
 * `synthesised`: `text` is source code in the module's language that imports the module under test
 * as `target` (Python: `import target`, TypeScript: `import * as target from 'target'`; every
 * top-level name is reachable, exported or not) and starts the contexts with the built-in
 * `concurrently(f, g, …)`: each argument is a function of no arguments called in a context of its
 * own (threads for plain Python functions, tasks for coroutines, separately arriving requests in
 * JavaScript); it returns when all have ended. `opaque(name)` makes an unknown value.
 * `functionAt(line, column)` (1-based, a position in the module under test) is the latest closure made
 * of the function whose definition starts there: how handlers, decorated functions and what a
 * factory returns are called; an unknown decorator does not get in the way. `comes(line, column)`: the
 * event comes that the listener there waits for, once it is registered with an object nobody can see into.
 * `mount(component, properties)` shows a React component, whose handlers `handler(find)` gives; `emit(source, value)`:
 * a value comes from an observable.
 */
export type Harness =
  | { kind: 'driver'; evidence: Evidence }
  | {
      kind: 'synthesised';
      text: string;
      evidence: Evidence;
      contexts: string[];
      /** The contexts begin in one turn of the event loop: for calls that wait for nothing but each other. */
      sameTurn?: true;
      /** Calls what only this file calls, past what its callers make sure of: for places nothing else reaches. */
      lastResort?: true;
    };

export interface DetectResult {
  candidates: Candidate[];
}

export type Detect = (program: Program) => DetectResult;
/** Alternatives to try in order, the most telling first (other arguments, other entry points); empty: cannot be driven. */
export type Harnesses = (program: Program, candidate: Candidate) => Harness[];
