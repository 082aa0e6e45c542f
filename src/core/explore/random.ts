/** Uniform random walks: at each step any enabled process, any alternative, with equal chances. */

import type { Budget, Observer, Search } from './budget.ts';
import { prng } from './prng.ts';
import { sample } from './sampling.ts';
import type { System } from './system.ts';

export interface RandomOptions extends Budget {
  seed: number;
  /** How many executions to sample. */
  samples: number;
}

export function exploreRandom(system: System, observer: Observer, options: RandomOptions): Search {
  const random = prng(options.seed);
  return sample(
    system,
    {
      begin: () => undefined,
      choose: () => {
        const enabled = system.enabled();
        const process = enabled[random.below(Math.max(1, enabled.length))];
        return process === undefined ? null : { process, alternative: random.below(system.alternatives(process)) };
      },
    },
    options.samples,
    observer,
    options,
  );
}
