/**
 * What an explorer drives: a deterministic transition system whose only freedom is which process
 * moves next (and, at a data choice, which alternative it takes). The machine implements it; the
 * explorer's own tests implement it with tiny programs. Nothing here knows a language.
 *
 * Vocabulary follows Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A Foundation for Optimal
 * Dynamic Partial Order Reduction" (JACM 64(4), 2017).
 */

/**
 * A process (thread, task, or pending completion of an event loop): a dense small integer. The k-th
 * process created by a given process has the same number in every execution, whatever the order in
 * which other processes moved, so numbers can be compared across executions.
 */
export type ProcessId = number;

/** A shared location: a dense small integer, comparable across executions like a ProcessId. */
export type LocationId = number;

export const enum AccessKind {
  /** Conflicts with Write and Sync on the same location. */
  Read = 0,
  /** Conflicts with every access of the same location. */
  Write = 1,
  /**
   * An operation on a synchronisation object (acquire, release, put, get, notify, set …): conflicts
   * with every access of the same location. It may have been blocked; see Access.needs.
   */
  Sync = 2,
}

export interface Access {
  location: LocationId;
  kind: AccessKind;
  /**
   * Sync only. Bit mask of the conditions of the object that this operation needed in order to be
   * enabled (e.g. 1 = "lock is free", for a bounded queue 1 = "not empty", 2 = "not full");
   * 0 when it can never be blocked (release, put on an unbounded queue).
   */
  needs: number;
  /** Sync only. Bit mask of the conditions of the object that held just BEFORE this operation. */
  held: number;
}

/** One executed step of one process. Owned by the system; copy what must outlive the next step. */
export interface SystemEvent {
  process: ProcessId;
  /** The alternative that was taken, 0 when the step had no data choice. */
  alternative: number;
  /** In execution order; may name a location twice. Empty for a purely local step. */
  accesses: readonly Access[];
  /** Processes created by this step: their first step happens after it. */
  spawned: readonly ProcessId[];
  /** Processes whose termination (last event) happens before this step (join, await of a task). */
  joined: readonly ProcessId[];
  /**
   * What the step's accesses depend on besides the process's own state. A location: they are the same
   * in every state in which that location has the same content; NO_LOCATION: in every state. Absent:
   * on anything the step read.
   */
  decidedBy?: LocationId | null;
  /**
   * A place for the explorer's own use, null at first, of an event that never changes and may be given
   * more than once. Absent where the system reuses the object for other events.
   */
  footprint?: { readonly table: object; readonly value: number } | null;
}

/** `SystemEvent.decidedBy` of a step that makes the same accesses in every state. */
export const NO_LOCATION = -1;

/** An operation at which a process is stuck in the present state. */
export interface BlockedOperation {
  process: ProcessId;
  /** The accesses it would make if it could move (its Sync access with `needs` set). */
  accesses: readonly Access[];
}

/**
 * Obligations of an implementation, which the explorers rely on:
 * - Steps are deterministic: the same (process, alternative) in the same state does the same.
 * - Everything by which one process can influence another goes through accesses, `spawned` or
 *   `joined`. In particular what enables or disables another process is a Sync access of a location
 *   that the other one's step needs, or its join; otherwise happens-before misses an edge.
 * - At most one access of a step has `needs`. Whether the step is enabled depends only on that
 *   access's conditions, on joins, and on the process's own state. A process that has become enabled
 *   by itself (a timer, a loop turn) counts as its own state.
 * - A Write does not change what conditions of a synchronisation object hold; a Sync does.
 * - Every execution ends, or a bound on its steps is set in the budget.
 */
export interface System {
  /**
   * True when the accesses of a step never depend on what the same step has read, e.g. because a
   * step makes at most one access and is over then. DPOR is faster then. Absent means false: a step
   * that read something is executed in its new place before its races are reversed.
   */
  readonly fixedAccesses?: boolean;
  /**
   * The processes that can move in the present state, ascending. The array is only valid until the
   * next step or undo.
   */
  enabled(): readonly ProcessId[];
  isEnabled(process: ProcessId): boolean;
  /** How many alternatives (>= 1) the next step of an enabled process has (a data choice). */
  alternatives(process: ProcessId): number;
  /** Executes the next step of an enabled process. */
  step(process: ProcessId, alternative: number): SystemEvent;
  /** Takes back the last step not yet undone; the state is exactly as before it. */
  undo(): void;
  /** Number of steps executed and not undone. */
  depth(): number;
  /** Processes that exist, have not terminated, and cannot move. */
  blocked(): readonly BlockedOperation[];
  /** One more than the largest ProcessId that exists or has existed. */
  processCount(): number;
}
