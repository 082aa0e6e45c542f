/**
 * Replay: makes one execution that follows given choices as far as they go. The first choice that is
 * impossible is reported; from there on, and after the last choice, the execution goes on without
 * preemption. The system is left in the last state, so that the caller can look at it or go back.
 */

import type { ExecutionEnd } from './budget.ts';
import { type Choice, EventLog, type Execution } from './event-log.ts';
import type { System, SystemEvent } from './system.ts';

export interface Divergence {
  /** Index of the choice that could not be made. */
  index: number;
  choice: Choice;
  /** No such process can move in that state, or its step has no such alternative, or all has ended. */
  reason: 'not enabled' | 'no such alternative' | 'ended';
}

export interface ReplayOptions {
  /** Stop after the last choice or at the divergence instead of going on. Default false. */
  stopAfterChoices?: boolean;
  /** A limit of the steps; default 100,000. */
  steps?: number;
  /** Called after each step with the system's own event. */
  onStep?: (event: SystemEvent, index: number) => void;
}

export interface ReplayResult extends ExecutionEnd {
  execution: Execution;
  /** Null when every choice was made. */
  divergence: Divergence | null;
}

/** Follows `choices` from the present state of `system`. Never throws on impossible choices. */
export function replay(system: System, choices: readonly Choice[], options: ReplayOptions = {}): ReplayResult {
  const log = new EventLog();
  const limit = options.steps ?? 100_000;
  const make = (choice: Choice): void => {
    const event = system.step(choice.process, choice.alternative);
    log.append(event);
    options.onStep?.(event, log.length - 1);
  };
  let divergence: Divergence | null = null;
  for (const [index, choice] of choices.entries()) {
    if (log.length >= limit) {
      break;
    }
    const enabled = system.enabled();
    if (enabled.length === 0) {
      divergence = { index, choice, reason: 'ended' };
    } else if (!enabled.includes(choice.process)) {
      divergence = { index, choice, reason: 'not enabled' };
    } else if (!(choice.alternative >= 0 && choice.alternative < system.alternatives(choice.process))) {
      divergence = { index, choice, reason: 'no such alternative' };
    }
    if (divergence !== null) {
      break;
    }
    make(choice);
  }
  while (options.stopAfterChoices !== true && log.length < limit) {
    const next = nonPreemptive(system, log);
    if (next === null) {
      break;
    }
    make(next);
  }
  return {
    execution: log,
    divergence,
    blocked: system.blocked(),
    truncated: system.enabled().length > 0,
  };
}

/** The process that moved last if it can go on, else the first enabled one; first alternative. */
export function nonPreemptive(system: System, execution: Execution): Choice | null {
  if (execution.length > 0) {
    const last = execution.processAt(execution.length - 1);
    if (system.isEnabled(last)) {
      return { process: last, alternative: 0 };
    }
  }
  const first = system.enabled()[0];
  return first === undefined ? null : { process: first, alternative: 0 };
}
