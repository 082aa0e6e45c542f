/**
 * Running on from a point of an execution without a person: a strategy says who moves next, the
 * machine moves it. And the search for a continuation that goes wrong, fewest context switches first.
 */
import type { ProcessId } from '../core/explore/system.ts';
import type { MachineSystem } from '../core/machine/system.ts';
import { choicesOf } from '../core/oracle/judge.ts';
import { boundedSearch, Contention, contextSwitches, type SearchBudget } from '../core/explore/bounded.ts';
import type { Choice } from '../core/explore/event-log.ts';

/** Picks among those that may move (never none), given the lane that moved last. */
export type Strategy = (system: MachineSystem, enabled: readonly ProcessId[], lane: number) => Choice;

const laneOf = (system: MachineSystem, process: ProcessId): number => system.machine.processes[process]?.lane.id ?? 0;

/** One after the other: whoever runs goes on for as long as it can. */
export const serially: Strategy = (system, enabled, lane) => ({
  process: enabled.find((p) => laneOf(system, p) === lane) ?? enabled[0] ?? 0,
  alternative: 0,
});

/** A switch at every step: the lanes take turns in their order. */
export const roundRobin: Strategy = (system, enabled, lane) => {
  const ahead = (p: ProcessId): number => {
    const own = laneOf(system, p);
    return own > lane ? own - lane : own - lane + system.machine.lanes.length;
  };
  return { process: enabled.toSorted((a, b) => ahead(a) - ahead(b))[0] ?? 0, alternative: 0 };
};

/** Anybody, by the numbers that follow from the seed (xorshift32; Marsaglia, Xorshift RNGs, 2003). */
export function randomly(seed: number): Strategy {
  let state = seed >>> 0 || 1;
  const below = (n: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
  // Seeds are small numbers: the first ones that follow from them are alike.
  for (let i = 0; i < 8; i++) below(1);
  return (system, enabled) => {
    const process = enabled[below(enabled.length)] ?? 0;
    return { process, alternative: below(system.alternatives(process)) };
  };
}

/** Steps until nobody may move, `isOver` says so, or the execution has `mostSteps`. */
export function advance(system: MachineSystem, strategy: Strategy, mostSteps: number, isOver: () => boolean = () => false): void {
  while (system.path.length < mostSteps && !isOver()) {
    const enabled = system.enabled();
    if (enabled.length === 0) return;
    const { process, alternative } = strategy(system, enabled, system.path.at(-1)?.lane ?? 0);
    system.step(process, alternative);
  }
}

export interface Search {
  /** A whole execution that goes wrong, with the fewest switches among those searched; null when none did. */
  found: Choice[] | null;
  switches: number;
  /** Everything with fewer switches (without a find: everything) was searched. */
  exhausted: boolean;
  executions: number;
}

export interface SearchLimits {
  /** Only executions with at most that many switches more than there were. */
  bound: number;
  executions: number;
  maxSteps: number;
  stop: () => boolean;
}

/** Bounds that are searched one by one; beyond them everything is searched at once. */
const mostBounds = 10;

/**
 * Searches the continuations of the point the system is at, which it is at again afterwards.
 * `isWrong` is asked at the end of each.
 */
export function searchOn(system: MachineSystem, isWrong: () => boolean, limits: SearchLimits): Search {
  const contention = new Contention();
  for (const event of system.path) contention.learn(event);
  const budget: SearchBudget = { executions: limits.executions, maxSteps: limits.maxSteps, stop: limits.stop };
  const search: Search = { found: null, switches: Infinity, exhausted: true, executions: 0 };
  const before = contextSwitches(system.path);
  const atBound = (bound: number): boolean => {
    const { ended, cut } = boundedSearch(system, 'switches', bound, contention, budget, (path, isCut) => {
      const switches = contextSwitches(path);
      if (!isCut && switches < search.switches && isWrong()) {
        search.found = choicesOf(path);
        search.switches = switches;
      }
      // Everything cheaper was searched before: no other can have fewer.
      return search.switches <= before + bound ? 'stop' : 'continue';
    });
    if (ended === 'budget' || cut) search.exhausted = false;
    return search.found === null && search.exhausted;
  };
  let isOpen = true;
  for (let bound = 0; isOpen && bound <= Math.min(limits.bound, mostBounds); bound++) isOpen = atBound(bound);
  if (isOpen && limits.bound > mostBounds) {
    isOpen = atBound(limits.bound);
    // Found among everything at once, it need not be the shortest.
    if (search.found !== null) search.exhausted = false;
  }
  search.executions = limits.executions - budget.executions;
  return search;
}
