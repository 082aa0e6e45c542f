/**
 * Processes: what the explorer schedules. A thread runs its own fiber one visible operation at a
 * time; a turn (a completion, a timer, a request arriving at an event loop) runs to the end of the
 * turn in one step.
 */
import type { ProcessId } from '../explore/system.ts';
import type { Span } from '../program/program.ts';
import type { Module } from '../program/program.ts';
import type { Frame } from './frame.ts';
import type { Watch } from './machine.ts';
import type { HeapObject, Value } from './values.ts';

/** One stack of frames. */
export class Fiber {
  top: Frame | null = null;
  epoch = -1;
  /** Lane of the trace. */
  readonly lane: Lane;
  /** What to do when the outermost frame returns or throws. */
  onEnd: ((value: Value, failed: boolean) => void) | null = null;
  /** The fiber that started this one synchronously and goes on when this one suspends (async calls). */
  parent: Fiber | null = null;
  /** What the fiber is suspended on, in words; null while it runs. */
  waiting: string | null = null;
  /** Python: the `contextvars.Context` it runs in; null for an empty one. */
  context: Value = null;
  /** Who it works for, when they are not on its own stack: an operation of the outside world that they began. */
  worksFor: Errand | null = null;
  constructor(lane: Lane) {
    this.lane = lane;
  }
}

/** What began an operation that runs in a turn of its own. */
export interface Errand {
  /** Watched instructions under way. */
  marks: readonly { watch: Watch; frame: Frame }[] | null;
  /** The innermost frame of the program's own text, and its statement. */
  frame: Frame | null;
  statement: Span | null;
  at: Place | null;
}

export type LaneKind = 'main' | 'thread' | 'task' | 'request' | 'callback' | 'timer' | 'loop';

/** A part of a module's text. */
export interface Place {
  module: Module;
  span: Span;
}

export interface Lane {
  id: number;
  name: string;
  kind: LaneKind;
  startedAt: Place | null;
  /** The lane that was running when this one was made; null for the first. */
  by: number | null;
}

/** Why a process cannot move now, and when it can. */
export interface Blocker {
  object: HeapObject;
  /** Bit mask for Access.needs. */
  needs: number;
  ready: () => boolean;
  /** `waits for lock, held by thread1`. */
  reason: () => string;
}

export interface Choice {
  /** What each alternative means, in words. */
  alternatives: readonly string[];
  /** Identifies a branch on an opaque value, so that the same question gets the same answer. */
  what: string;
}

export class Process {
  readonly id: ProcessId;
  readonly lane: Lane;
  readonly kind: 'thread' | 'turn' | 'loop';
  readonly creator: ProcessId;
  /** `0` for the first process, `0.2` for the third it created: a name that outlives the machine. */
  readonly path: string;
  fiber: Fiber | null;
  /** Turns and loops: what starts the next step. */
  action: (() => void) | null = null;
  /** Turns and loops: whether it may start now. */
  guard: (() => boolean) | null = null;
  /** Loops: the lane whose handle would run next. */
  nextLane: (() => number) | null = null;
  /** In a serialised world: it waits for an operation to end, and goes on only when nobody else can. */
  held: (() => boolean) | null = null;
  /** Where in the source it was made; known only while an execution is traced. */
  origin: Place | null = null;
  /** Turns that a timer starts: virtual time at which it is due, in seconds. */
  due: number | null = null;
  pending: Blocker | null = null;
  choice: Choice | null = null;
  /** A step was cut in the middle (data choice within a turn). */
  midTurn = false;
  done = false;
  /** Cut at a loop bound rather than ended. */
  parked = false;
  /** What had run since its last visible operation when its last step ended (see runtimes.ts). */
  breakerAtStop = 0;
  /** Between two operations: its next visible operation belongs to a new one. */
  boundary = true;
  /** Processes and objects it has created so far. */
  children = 0;
  allocations = 0;
  constructor(id: ProcessId, lane: Lane, kind: 'thread' | 'turn' | 'loop', creator: ProcessId, path: string, fiber: Fiber | null) {
    this.id = id;
    this.lane = lane;
    this.kind = kind;
    this.creator = creator;
    this.path = path;
    this.fiber = fiber;
  }
}
