/**
 * The frame of searches that sample: whole executions from the start, one after the other, each
 * chosen step by step by a scheduler. They never cover everything, so their result is never
 * `complete` and its bound is `sampling` when the wanted number of executions has been made.
 */

import { type Budget, Meter, type Observer, type RunState, type Search, type SearchResult, type Slice } from './budget.ts';
import { type Choice, EventLog } from './event-log.ts';
import type { Prng } from './prng.ts';
import type { ProcessId, System, SystemEvent } from './system.ts';

/** Decides who moves. */
export interface Scheduler {
  /** Called before each execution. */
  begin(): void;
  /** The next decision, among the enabled processes; null when none is enabled. */
  choose(): Choice | null;
  /** Called after each step. */
  stepped?(event: SystemEvent): void;
}

/** Chooses alternatives at data choices by chance, other than the first at most `deviations` times in an execution (default: any number). */
export function randomAlternatives(system: System, random: Prng, deviations: number | undefined) {
  let left = Infinity;
  return {
    /** To be called before each execution, which may have any number of them up to the most. */
    begin(): void {
      if (deviations !== undefined) left = random.below(deviations + 1);
    },
    of(process: ProcessId): number {
      const alternatives = left > 0 ? system.alternatives(process) : 1;
      const alternative = alternatives > 1 ? random.below(alternatives) : 0;
      if (alternative > 0) left--;
      return alternative;
    },
  };
}

/** Runs `executions` executions of a scheduler, within the budget. */
export function sample(system: System, scheduler: Scheduler, executions: number, observer: Observer, budget: Budget): Search {
  const meter = new Meter(budget);
  const log = new EventLog();
  let over: RunState | null = null;
  let inside = false;
  const rewind = (): void => {
    while (log.length > 0) {
      log.removeLast();
      system.undo();
    }
    inside = false;
  };
  const endExecution = (truncated: boolean): RunState | null => {
    meter.maxDepth = Math.max(meter.maxDepth, log.length);
    if (truncated) {
      meter.truncated++;
    } else {
      meter.executions++;
    }
    const verdict = observer(log, { blocked: system.blocked(), truncated });
    rewind();
    return verdict === 'stop' ? 'stopped' : null;
  };
  const advance = (): RunState | null => {
    if (!inside) {
      if (meter.executions + meter.truncated >= executions) {
        meter.bound ??= 'sampling';
        return 'done';
      }
      scheduler.begin();
      inside = true;
    }
    if (log.length >= meter.depthLimit && system.enabled().length > 0) {
      return endExecution(true);
    }
    const choice = scheduler.choose();
    if (choice === null) {
      return endExecution(false);
    }
    const event = system.step(choice.process, choice.alternative);
    meter.steps++;
    log.append(event);
    scheduler.stepped?.(event);
    return null;
  };
  return {
    run(slice?: Slice): RunState {
      if (over !== null) {
        return over;
      }
      meter.begin(slice);
      let outcome: RunState | null = null;
      while (outcome === null) {
        outcome = advance();
        if (outcome === null) {
          const verdict = meter.check();
          outcome = verdict === 'go' ? null : verdict === 'pause' ? 'paused' : 'done';
        }
      }
      meter.end();
      if (outcome !== 'paused') {
        rewind();
        over = outcome;
        if (outcome === 'stopped') {
          meter.bound ??= 'stopped';
        }
      }
      return outcome;
    },
    result: (): SearchResult => meter.result(false),
    abandon(): void {
      rewind();
      over ??= 'done';
      meter.bound ??= 'stopped';
    },
  };
}
