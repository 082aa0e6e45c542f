/**
 * The serial executions of a program: those that leave a process only between its operations (or
 * when it is stuck or has ended). Their outcomes are what an execution must equal to be
 * serialisable. What an operation is, the caller says.
 */

import { type Budget, Meter, type Observer, type RunState, type Search, type SearchResult, type Slice } from './budget.ts';
import { EventLog } from './event-log.ts';
import type { ProcessId, System } from './system.ts';

export interface SerialOptions extends Budget {
  /** Whether a process, in the system's present state, is between two of its operations. */
  atBoundary: (process: ProcessId) => boolean;
}

/** Enumerates the serial executions, depth first, every alternative of data choices included. */
export function exploreSerial(system: System, observer: Observer, options: SerialOptions): Search {
  const meter = new Meter(options);
  const log = new EventLog();
  let forward = true;
  let over: RunState | null = null;
  let exhausted = false;

  const step = (process: ProcessId, alternative: number): void => {
    log.append(system.step(process, alternative));
    meter.steps++;
    forward = true;
  };
  /** The process that must go on, if there is one. */
  const obliged = (): ProcessId | null => {
    if (log.length === 0) {
      return null;
    }
    const last = log.process[log.length - 1] as number;
    return system.isEnabled(last) && !options.atBoundary(last) ? last : null;
  };
  const endExecution = (truncated: boolean): RunState | null => {
    meter.maxDepth = Math.max(meter.maxDepth, log.length);
    if (truncated) {
      meter.truncated++;
      meter.bound ??= 'stepsPerExecution';
    } else {
      meter.executions++;
    }
    forward = false;
    const verdict = observer(log, { blocked: system.blocked(), truncated });
    return verdict === 'stop' ? 'stopped' : null;
  };
  const goOn = (): RunState | null => {
    const process = obliged() ?? system.enabled()[0];
    if (process === undefined || log.length >= meter.depthLimit) {
      return endExecution(process !== undefined);
    }
    step(process, 0);
    return null;
  };
  const goBack = (): boolean => {
    while (log.length > 0) {
      const process = log.process[log.length - 1] as number;
      const alternative = log.alternative[log.length - 1] as number;
      log.removeLast();
      system.undo();
      if (alternative + 1 < system.alternatives(process)) {
        step(process, alternative + 1);
        return true;
      }
      const next = obliged() === null ? system.enabled().find((other) => other > process) : undefined;
      if (next !== undefined) {
        step(next, 0);
        return true;
      }
    }
    return false;
  };
  const rewind = (): void => {
    while (log.length > 0) {
      log.removeLast();
      system.undo();
    }
  };
  return {
    run(slice?: Slice): RunState {
      if (over !== null) {
        return over;
      }
      meter.begin(slice);
      let outcome: RunState | null = null;
      while (outcome === null) {
        if (forward) {
          outcome = goOn();
        } else if (!goBack()) {
          exhausted = meter.truncated === 0;
          outcome = 'done';
        }
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
    result: (): SearchResult => meter.result(exhausted),
    abandon(): void {
      rewind();
      over ??= 'done';
      meter.bound ??= 'stopped';
    },
  };
}
