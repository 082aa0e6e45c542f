/** How a replay is played: where it opens, which steps deserve a longer look, which may be collapsed. */
import type { Replay } from '../../core/trace/replay.ts';
import type { TraceStep } from '../../core/trace/trace.ts';

/** The step to open at: the violation, else the last step. */
export function openingStep(replay: Replay): number {
  return replay.wrong ?? Math.max(0, replay.trace.steps.length - 1);
}

/** Whether a step is one of the story's, or a context switch, and so deserves a longer look. */
export function isConflict(replay: Replay, index: number): boolean {
  const step = replay.trace.steps[index];
  if (!step) return false;
  return (step.role !== undefined && step.role !== 'gap') || index === replay.wrong;
}

/** How long playing rests on a step, in milliseconds, at speed 1. */
export function dwell(replay: Replay, index: number): number {
  if (isConflict(replay, index)) return 1_800;
  const step = replay.trace.steps[index];
  if (!step) return 0;
  if (replay.switches.includes(index)) return 1_000;
  return isQuiet(step) ? 250 : 650;
}

/** A local step with nothing to tell but its code: runs of these can be collapsed. */
export function isQuiet(step: TraceStep): boolean {
  return !step.visible && !step.role && !step.output && !step.exception && !step.suspended && step.accesses.length === 0;
}
