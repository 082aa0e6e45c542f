/**
 * Directed sampling: executions in which a context that has just checked something is held back, so
 * that others get into its gap. After Koushik Sen, "Race Directed Random Testing of Concurrent
 * Programs" (PLDI 2008), with checks that were found beforehand in place of pairs of racing
 * statements. A context that checks is postponed with probability 1/2 and goes on when nobody else can
 * move, or by chance when somebody else comes to its act; nobody is preempted anywhere else. However long executions are, a
 * race between two contexts takes few of them.
 */
import type { Budget, Observer, Search } from '../explore/budget.ts';
import { prng } from '../explore/prng.ts';
import { randomAlternatives, sample } from '../explore/sampling.ts';
import type { ProcessId } from '../explore/system.ts';
import type { MachineEvent, MachineSystem } from '../machine/system.ts';

export interface DirectedOptions extends Budget {
  seed: number;
  /** How many executions to sample. */
  samples: number;
  /** Answers other than the first that one execution may have; default: any number, all alike. */
  deviations?: number;
}

export function exploreDirected(system: MachineSystem, observer: Observer, options: DirectedOptions): Search {
  const random = prng(options.seed);
  /** Lanes held back, with the candidates they have checked. */
  const held = new Map<number, Set<number>>();
  let lane = -1;
  const alternatives = randomAlternatives(system, random, options.deviations);
  const pick = (processes: readonly ProcessId[]): ProcessId | undefined =>
    processes.length > 1 ? processes[random.below(processes.length)] : processes[0];
  const next = (): ProcessId | undefined => {
    const enabled = system.enabled();
    const free = enabled.filter((p) => !held.has(system.laneOf(p)));
    const own = free.filter((p) => system.laneOf(p) === lane);
    const chosen = own[0] ?? pick(free) ?? pick(enabled);
    if (chosen !== undefined) held.delete(system.laneOf(chosen));
    return chosen;
  };
  const release = (candidate: number): void => {
    for (const [other, checked] of held) if (other !== lane && checked.has(candidate) && random.below(4) === 0) held.delete(other);
  };
  return sample(
    system,
    {
      begin: () => {
        held.clear();
        lane = -1;
        alternatives.begin();
      },
      choose: () => {
        const process = next();
        return process === undefined ? null : { process, alternative: alternatives.of(process) };
      },
      stepped: (event) => {
        const { lane: own, marks } = event as MachineEvent;
        lane = own;
        for (const { watch, lane: checks } of marks) {
          if (watch.role === 'acted') release(watch.candidate);
          if (watch.role !== 'check' || random.below(2) === 0) continue;
          const checked = held.get(checks);
          if (checked) checked.add(watch.candidate);
          else held.set(checks, new Set([watch.candidate]));
        }
      },
    },
    options.samples,
    observer,
    options,
  );
}
