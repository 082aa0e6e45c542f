/** Serial orders, for the baseline. Goes back over the machine's undo. */
import { deviations, type OnExecution, type SearchBudget, type SearchResult } from '../explore/bounded.ts';
import type { Choice } from '../explore/event-log.ts';
import type { ProcessId } from '../explore/system.ts';
import type { MachineEvent, MachineSystem } from '../machine/system.ts';

export interface SerialBudget extends SearchBudget {
  /** The main program is a driver of ours: it only starts the operations, and is ahead of them or behind them. */
  isDriver?: boolean;
}

/**
 * Executions whose contexts switch only between operations: a context that is inside one goes on as
 * long as it can.
 */
export function serialSearch(system: MachineSystem, budget: SerialBudget, onExecution: OnExecution<MachineEvent>): SearchResult {
  return serialised(system, () => searchSerial(system, budget, onExecution));
}

/** Does something in the baseline's world (see Machine.serialised). The system must be at its initial state. */
export function serialised<T>(system: MachineSystem, work: () => T): T {
  system.reset();
  system.machine.serialised = true;
  try {
    return work();
  } finally {
    system.reset();
    system.machine.serialised = false;
  }
}

function searchSerial(system: MachineSystem, budget: SerialBudget, onExecution: OnExecution<MachineEvent>): SearchResult {
  const stack: Choice[][] = [];
  const mostDeviations = budget.deviations ?? Infinity;
  let deviated = deviations(system.path);
  let cut = false;
  const laneOf = (p: ProcessId): number => {
    const process = system.machine.processes[p];
    return process?.nextLane?.() ?? process?.lane.id ?? -1;
  };
  /** The lane that started a lane, and by step the lanes that it added to these. */
  const parents = new Map<number, number>();
  const added: number[][] = [];
  const under = (lane: number, ancestor: number): boolean => {
    for (let at: number | undefined = lane; at !== undefined; at = parents.get(at)) if (at === ancestor) return true;
    return false;
  };
  const noteStarts = (e: MachineEvent | undefined): void => {
    const lanes: number[] = [];
    for (const p of e?.spawned ?? []) {
      const lane = system.machine.processes[p]?.lane.id;
      // A lane that goes on is not started by what it has started itself.
      if (lane === undefined || e === undefined || lane === e.lane || parents.has(lane) || under(e.lane, lane)) continue;
      parents.set(lane, e.lane);
      lanes.push(lane);
    }
    added.push(lanes);
  };
  system.path.forEach(noteStarts);
  const options = (): Choice[] => {
    const last = system.path.at(-1);
    const processes = system.machine.processes;
    let enabled = [...system.enabled()];
    const free = enabled.filter((p) => processes[p]?.held?.() !== true);
    if (free.length > 0) enabled = free;
    if (last) {
      const process = processes[last.process];
      // The main program is a driver: after it starts something, anything may happen first.
      const started = process?.lane.kind === 'main' && last.spawned.length > 0;
      const inside = process && !started && (process.kind !== 'thread' || !process.boundary);
      const same = enabled.filter((p) => laneOf(p) === last.lane);
      if (inside && same.length > 0) enabled = same;
      else if (inside || process?.done === true) enabled = helpers(last.lane, enabled) ?? enabled;
    }
    if (budget.isDriver === true) {
      const own = enabled.filter((p) => system.machine.lanes[laneOf(p)]?.kind === 'main');
      const goesOn = last !== undefined && system.machine.lanes[last.lane]?.kind === 'main';
      if (own.length > 0 && own.length < enabled.length) enabled = goesOn ? own : enabled.filter((p) => !own.includes(p));
    }
    const onlyFirst = deviated >= mostDeviations;
    return enabled.flatMap((process) => {
      const n = system.alternatives(process);
      return Array.from({ length: onlyFirst ? Math.min(1, n) : n }, (_, alternative) => ({ process, alternative }));
    });
  };
  /**
   * What an operation started and waits for belongs to it: a job in another thread, what that hands
   * back. From the lane that moved last up to the operation that started it; null when nobody did.
   */
  const helpers = (from: number, enabled: ProcessId[]): ProcessId[] | null => {
    const isMain = (lane: number): boolean => system.machine.lanes[lane]?.kind === 'main';
    for (let lane: number | undefined = from; lane !== undefined && !isMain(lane); lane = parents.get(lane)) {
      const ancestor = lane;
      const own = enabled.filter((p) => under(laneOf(p), ancestor));
      if (own.length > 0) return own;
    }
    return null;
  };
  for (;;) {
    // One execution may be long, too.
    if ((stack.length & 63) === 63 && budget.stop()) return { ended: 'budget', cut };
    const next = options();
    const over = stack.length >= budget.maxSteps;
    if (next.length === 0 || over) {
      if (over) cut = true;
      budget.executions--;
      const verdict = onExecution(system.path, over);
      let more = false;
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        if ((system.path.at(-1)?.alternative ?? 0) > 0) deviated--;
        system.undo();
        for (const lane of added.pop() ?? []) parents.delete(lane);
        const choice = verdict === 'stop' || budget.executions <= 0 || budget.stop() ? undefined : top.shift();
        if (choice) {
          take(choice);
          more = true;
          break;
        }
        stack.pop();
      }
      if (verdict === 'stop') return { ended: 'stopped', cut };
      if (!more) return { ended: budget.executions <= 0 || budget.stop() ? 'budget' : 'exhausted', cut };
      continue;
    }
    const first = next.shift();
    if (!first) return { ended: 'exhausted', cut };
    stack.push(next);
    take(first);
  }

  function take(choice: Choice): void {
    system.step(choice.process, choice.alternative);
    noteStarts(system.path.at(-1));
    if (choice.alternative > 0) deviated++;
  }
}
