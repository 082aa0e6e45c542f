/**
 * Probabilistic concurrency testing: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized
 * Scheduler with Probabilistic Guarantees of Finding Bugs" (ASPLOS 2010). Each process gets a random
 * priority, the enabled one of highest priority moves, and at d-1 random steps the process about to
 * move falls below all others. One execution finds a bug of depth d with probability at least
 * 1/(n·k^(d-1)), for n processes and k steps. For programs too large to be searched.
 */

import type { Budget, Observer, Search } from './budget.ts';
import { prng } from './prng.ts';
import { randomAlternatives, sample } from './sampling.ts';
import type { ProcessId, System } from './system.ts';

export interface PctOptions extends Budget {
  seed: number;
  /** How many executions to sample. */
  samples: number;
  /** The bug depth d, at least 1; default 3. */
  depth?: number;
  /**
   * The number of steps k that an execution is expected to have; default: that of the longest
   * execution so far, beginning with 20.
   */
  expectedSteps?: number;
  /** Alternatives other than the first that one execution may have at data choices; default: any number, all alike. */
  deviations?: number;
}

export function explorePct(system: System, observer: Observer, options: PctOptions): Search {
  const random = prng(options.seed);
  const depth = Math.max(1, options.depth ?? 3);
  let longest = options.expectedSteps ?? 20;
  const priority = new Map<ProcessId, number>();
  /** Step at which the i-th change happens. */
  let changes: number[] = [];
  let steps = 0;
  const alternatives = randomAlternatives(system, random, options.deviations);
  const priorityOf = (process: ProcessId): number => {
    let own = priority.get(process);
    if (own === undefined) {
      // Above the d-1 low priorities, in an order that is random up to ties, which have no chance.
      own = depth + random.below(0x40000000);
      priority.set(process, own);
    }
    return own;
  };
  const highest = (): ProcessId | undefined => {
    let best: ProcessId | undefined;
    for (const process of system.enabled()) {
      if (best === undefined || priorityOf(process) > priorityOf(best)) {
        best = process;
      }
    }
    return best;
  };
  return sample(
    system,
    {
      begin: () => {
        priority.clear();
        if (options.expectedSteps === undefined) {
          longest = Math.max(longest, steps);
        }
        steps = 0;
        alternatives.begin();
        changes = Array.from({ length: depth - 1 }, () => random.below(longest));
      },
      choose: () => {
        for (const [index, at] of changes.entries()) {
          const falling = at === steps ? highest() : undefined;
          if (falling !== undefined) {
            priority.set(falling, depth - 1 - index);
          }
        }
        const process = highest();
        return process === undefined ? null : { process, alternative: alternatives.of(process) };
      },
      stepped: () => {
        steps++;
      },
    },
    options.samples,
    observer,
    options,
  );
}
