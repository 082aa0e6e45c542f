/**
 * What every search shares: budgets, slices, cancellation and the result. The core has no clock, so
 * the caller passes one in. A search is run in slices (`run`), between which the caller may poll for
 * cancellation or let other work through; it keeps the system where it is until the next slice.
 */

import type { Execution } from './event-log.ts';
import type { BlockedOperation } from './system.ts';

/** Limits of a whole search. Absent: no limit. */
export interface Budget {
  /** Complete executions, counted as in `SearchResult.executions`. */
  executions?: number;
  /** Steps of one execution; a longer one is cut there and reported as `truncated`. */
  stepsPerExecution?: number;
  /** Steps in all. */
  steps?: number;
  /** Milliseconds spent inside `run`, by `now`. Without `now` it is not enforced. */
  milliseconds?: number;
  /** A clock in milliseconds. */
  now?: () => number;
  /** Polled every few hundred steps; true ends the search. */
  cancelled?: () => boolean;
}

/** Limits of one call of `run`; the search can go on afterwards. Absent: until the end. */
export interface Slice {
  executions?: number;
  steps?: number;
  milliseconds?: number;
}

/** Why a search did not cover everything. */
export type BoundKind =
  | 'executions'
  | 'steps'
  | 'stepsPerExecution'
  | 'time'
  | 'cancelled'
  | 'switches'
  | 'preemptions'
  | 'stopped'
  | 'sampling'
  | 'boundaries';

export interface SearchResult {
  /** Complete executions; for DPOR pairwise inequivalent. Truncated ones are not counted. */
  executions: number;
  /** Executions cut short because an equivalent one had been explored. */
  redundant: number;
  /** Executions cut at `stepsPerExecution`. */
  truncated: number;
  /** True iff the search covered every execution up to equivalence. */
  complete: boolean;
  /** The first limit that was met, null when none was. */
  bound: BoundKind | null;
  /** Length of the longest execution, in steps. */
  maxDepth: number;
  /** Steps executed, including those executed again after an undo. */
  steps: number;
}

/** `stopped`: the observer said so. `done`: nothing is left, or the budget is spent. */
export type RunState = 'done' | 'paused' | 'stopped';

export type Verdict = 'continue' | 'stop';

/** What an observer is told about an execution besides its steps. */
export interface ExecutionEnd {
  /** Processes that can never move again (deadlock, or a wait nobody ends). */
  blocked: readonly BlockedOperation[];
  /** Cut at `stepsPerExecution`: the processes were still able to move. */
  truncated: boolean;
}

/**
 * Called at the end of each execution with the system still in its last state. It may read the
 * system but must not move it.
 */
export type Observer<End extends ExecutionEnd = ExecutionEnd> = (execution: Execution, end: End) => Verdict;

export interface Search {
  /** Goes on until the end, the budget, the observer's stop, or the end of the slice. */
  run(slice?: Slice): RunState;
  /** The result so far. */
  result(): SearchResult;
  /** Takes the system back to the state in which the search found it; the search is over. */
  abandon(): void;
}

const POLL_INTERVAL = 256;

/** Counts what a search has used and says when it must pause or end. */
export class Meter {
  executions = 0;
  redundant = 0;
  truncated = 0;
  steps = 0;
  maxDepth = 0;
  bound: BoundKind | null = null;
  /** No limit but that of executions can be met before this number of steps. */
  checkAt = 0;
  readonly depthLimit: number;
  private readonly budget: Budget;
  private spent = 0;
  private sliceStart = 0;
  private sliceExecutions = Infinity;
  private sliceSteps = Infinity;
  private sliceDeadline = Infinity;
  private budgetDeadline = Infinity;
  private readonly executionLimit: number;
  private readonly stepLimit: number;
  private nextPoll = 0;

  constructor(budget: Budget) {
    this.budget = budget;
    this.depthLimit = budget.stepsPerExecution ?? Infinity;
    this.executionLimit = budget.executions ?? Infinity;
    this.stepLimit = budget.steps ?? Infinity;
  }

  /** Begins a slice. */
  begin(slice: Slice | undefined): void {
    this.sliceExecutions = this.executions + Math.max(1, slice?.executions ?? Infinity);
    this.sliceSteps = this.steps + Math.max(1, slice?.steps ?? Infinity);
    this.sliceDeadline = Infinity;
    this.budgetDeadline = Infinity;
    this.nextPoll = this.steps + 1;
    this.checkAt = 0;
    if (this.budget.now !== undefined) {
      this.sliceStart = this.budget.now();
      this.sliceDeadline = this.sliceStart + (slice?.milliseconds ?? Infinity);
      this.budgetDeadline = this.sliceStart + (this.budget.milliseconds ?? Infinity) - this.spent;
    }
  }

  /** Ends a slice: books its time. */
  end(): void {
    if (this.budget.now !== undefined) {
      this.spent += this.budget.now() - this.sliceStart;
    }
  }

  /**
   * To be asked between steps. `spent`: a limit of the whole budget was met and `bound` is set;
   * `pause`: the slice is over. A slice always makes at least one step.
   */
  check(): 'go' | 'pause' | 'spent' {
    if (this.executions >= this.executionLimit) {
      this.bound ??= 'executions';
      return 'spent';
    }
    if (this.steps >= this.stepLimit) {
      this.bound ??= 'steps';
      return 'spent';
    }
    if (this.steps >= this.nextPoll) {
      this.nextPoll = this.steps + POLL_INTERVAL;
      if (this.budget.cancelled?.() === true) {
        this.bound ??= 'cancelled';
        return 'spent';
      }
      if (this.budget.now !== undefined) {
        const now = this.budget.now();
        if (now >= this.budgetDeadline) {
          this.bound ??= 'time';
          return 'spent';
        }
        if (now >= this.sliceDeadline) {
          return 'pause';
        }
      }
    }
    this.checkAt = Math.min(this.nextPoll, this.stepLimit, this.sliceSteps);
    return this.executions >= this.sliceExecutions || this.steps >= this.sliceSteps ? 'pause' : 'go';
  }

  result(complete: boolean): SearchResult {
    return {
      executions: this.executions,
      redundant: this.redundant,
      truncated: this.truncated,
      complete: complete && this.bound === null,
      bound: this.bound,
      maxDepth: this.maxDepth,
      steps: this.steps,
    };
  }
}
