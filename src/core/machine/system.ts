/**
 * The machine as the transition system an explorer drives: which processes may move, one step of one
 * of them, and its undoing.
 */
import { AccessKind, type BlockedOperation, type LocationId, type ProcessId, type System, type SystemEvent } from '../explore/system.ts';
import type { LanguageRuntime } from './load.ts';
import type { Machine, MachineAccess, Mark } from './machine.ts';
import { Fiber, Process } from './process.ts';
import { run, RunResult } from './run.ts';
import type { Changes } from './trail.ts';
import { HeapObject, STATE } from './values.ts';

export interface MachineEvent extends SystemEvent {
  accesses: readonly MachineAccess[];
  marks: readonly Mark[];
  lane: number;
}

export interface MachineSystem extends System {
  readonly machine: Machine;
  step(process: ProcessId, alternative: number): MachineEvent;
  /** Events of the steps executed and not undone. */
  readonly path: readonly MachineEvent[];
  /** The lane a process belongs to. */
  laneOf(process: ProcessId): number;
  /** Takes back every step. */
  reset(): void;
  /** What the last step changed, to make it again. */
  lastChanges(): StepChanges;
  /** Makes a step again whose accesses find everything as they found it then. */
  redo(event: MachineEvent, changes: Changes): void;
}

export interface StepChanges {
  /** For `redo`; null when more than its process's state and what its accesses found may bear on the step. */
  changes: Changes | null;
  /** Fields of the runtime's own state that it changed, with their locations. */
  foreign: { location: LocationId; now: unknown }[];
}

export function createSystem(m: Machine, runtime: LanguageRuntime): MachineSystem {
  const marks: number[] = [];
  const path: MachineEvent[] = [];
  let cache: ProcessId[] | null = null;

  const step = (id: ProcessId, alternative: number): MachineEvent => {
    const p = m.processes[id];
    if (!p) throw new Error(`no process ${id}`);
    cache = null;
    marks.push(m.trail.mark());
    m.epoch++;
    m.trail.set(p, 'allocations', p.allocations);
    m.process = p;
    m.accesses = [];
    m.marks = [];
    m.decidedAt = -1;
    m.spawned = [];
    m.joined = [];
    m.alternative = alternative;
    m.visibleDone = false;
    m.peeked = false;
    m.visibleAt = -1;
    m.atPending = p.pending !== null;
    m.atChoice = p.choice !== null;
    m.chose = m.atChoice;
    m.atomicDepth = 0;
    m.stepLane = -1;
    m.breaker = 0;
    m.yieldAfter = null;
    m.fuel = m.options.fuel;
    const result = p.kind === 'thread' ? (p.fiber ? run(m, p.fiber) : RunResult.Ended) : runtime.runTurn(m, p);
    finish(m, p, result);
    if (p.breakerAtStop !== m.breaker) m.trail.set(p, 'breakerAtStop', m.breaker);
    const event: MachineEvent = {
      process: id,
      alternative,
      accesses: m.accesses,
      spawned: m.spawned,
      joined: m.joined,
      marks: m.marks,
      lane: p.kind === 'thread' || m.stepLane < 0 ? p.lane.id : m.stepLane,
      decidedBy: m.decidedAt === m.accesses.length ? m.decidedBy : null,
      footprint: null,
    };
    path.push(event);
    return event;
  };

  const undo = (): void => {
    const mark = marks.pop();
    if (mark === undefined) throw new Error('nothing to undo');
    m.trail.undoTo(mark);
    path.pop();
    cache = null;
  };

  return {
    machine: m,
    path,
    enabled() {
      if (!cache) {
        cache = [];
        for (const p of m.processes) if (p && m.mayMove(p)) cache.push(p.id);
      }
      return cache;
    },
    isEnabled(id) {
      const p = m.processes[id];
      return p !== undefined && m.mayMove(p);
    },
    alternatives(id) {
      return m.processes[id]?.choice?.alternatives.length ?? 1;
    },
    laneOf: (id) => m.processes[id]?.lane.id ?? 0,
    step,
    undo,
    depth: () => marks.length,
    blocked() {
      const out: BlockedOperation[] = [];
      for (const p of m.processes) {
        if (!p || p.done || !p.pending || p.pending.ready()) continue;
        const b = p.pending;
        out.push({
          process: p.id,
          accesses: b.needs === 0 ? [] : [{ location: m.location(b.object, STATE), kind: AccessKind.Sync, needs: b.needs, held: 0 }],
        });
      }
      return out;
    },
    processCount: () => m.processTotal(),
    reset() {
      while (marks.length > 0) undo();
    },
    lastChanges() {
      const event = path[path.length - 1];
      const mark = marks[marks.length - 1];
      if (event === undefined || mark === undefined) throw new Error('no step was made');
      const own = m.processes[event.process];
      const foreign: StepChanges['foreign'] = [];
      const changes = m.trail.changesSince(
        mark,
        (o) => o === own || o instanceof HeapObject || o instanceof Fiber || (o instanceof Process && event.spawned.includes(o.id)),
        (object, field, now) => foreign.push({ location: m.fieldLocation(object, field), now }),
      );
      const certain = own?.kind === 'thread' && !own.choice && m.process === own && !m.chose && !m.peeked && !m.unsupported;
      return { changes: certain ? changes : null, foreign };
    },
    redo(event, changes) {
      cache = null;
      marks.push(m.trail.mark());
      m.trail.redo(changes);
      path.push(event);
    },
  };
}

function finish(m: Machine, p: Process, result: RunResult): void {
  if (result === RunResult.Parked) {
    m.trail.set(p, 'parked', true);
    m.trail.set(p, 'done', true);
    m.trail.set(p, 'midTurn', false);
    return;
  }
  if (p.kind === 'thread') {
    if (result === RunResult.Ended) m.trail.set(p, 'done', true);
    return;
  }
  const unfinished = result === RunResult.Stopped;
  if (p.midTurn !== unfinished) m.trail.set(p, 'midTurn', unfinished);
  if (!unfinished && p.kind === 'turn') m.trail.set(p, 'done', true);
}
