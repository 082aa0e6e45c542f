/**
 * The machine as the transition system an explorer drives: which processes may move, one step of one
 * of them, and its undoing.
 */
import { AccessKind, type BlockedOperation, type ProcessId, type System, type SystemEvent } from '../explore/system.ts';
import type { LanguageRuntime } from './load.ts';
import type { Machine, MachineAccess, Mark } from './machine.ts';
import type { Process } from './process.ts';
import { run, RunResult } from './run.ts';
import { STATE } from './values.ts';

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
  /** Takes back every step. */
  reset(): void;
}

export function createSystem(m: Machine, runtime: LanguageRuntime): MachineSystem {
  const marks: number[] = [];
  const path: MachineEvent[] = [];
  let cache: ProcessId[] | null = null;

  const mayMove = (p: Process): boolean => {
    if (p.done || m.unsupported) return false;
    if (p.pending) return p.pending.ready();
    if (p.kind === 'thread' || p.midTurn) return true;
    if (m.processes.some((o) => o?.midTurn === true)) return false;
    return p.guard ? p.guard() : true;
  };

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
    m.visibleAt = -1;
    m.atPending = p.pending !== null;
    m.atChoice = p.choice !== null;
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
        for (const p of m.processes) if (p && mayMove(p)) cache.push(p.id);
      }
      return cache;
    },
    isEnabled(id) {
      const p = m.processes[id];
      return p !== undefined && mayMove(p);
    },
    alternatives(id) {
      return m.processes[id]?.choice?.alternatives.length ?? 1;
    },
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
