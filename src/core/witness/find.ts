/**
 * Searching for an execution: delay-bounded (Emmi, Qadeer, Rakamarić: Delay-Bounded Scheduling,
 * POPL 2011) to find a violation fast, context-switch-bounded to find the shortest one, and serial
 * orders for the baseline. All backtrack over the machine's undo.
 *
 * A context is a lane: the completions of one task are different processes but the same context.
 * Switching away before a step that touches nothing contended is the same as switching after it, so
 * only contended steps are switch points; what is contended is learned, and a bound is searched again
 * when something new turns out to be.
 */
import { AccessKind, type ProcessId } from '../explore/system.ts';
import type { MachineEvent, MachineSystem } from '../machine/system.ts';

export interface Choice {
  process: ProcessId;
  alternative: number;
}

export interface SearchBudget {
  /** Executions still allowed; counted down. */
  executions: number;
  /** Steps one execution may have. */
  maxSteps: number;
  /** Answers to questions about the unknown, other than the first, that one execution may have; all when left out. */
  deviations?: number;
  /** The main program is a driver of ours: it only starts the operations, and is ahead of them or behind them. */
  isDriver?: boolean;
  /** Asked every few hundred steps; true stops the search. */
  stop: () => boolean;
}

export type OnExecution = (path: readonly MachineEvent[], cut: boolean) => 'continue' | 'stop';

export interface SearchResult {
  ended: 'exhausted' | 'stopped' | 'budget';
  /** Some execution was longer than maxSteps. */
  cut: boolean;
}

/** Locations two lanes touch, one of them not just reading. Grows over a search. */
export class Contention {
  private readonly users = new Map<number, { lane: number; many: boolean; written: boolean }>();
  private readonly contended = new Set<number>();

  learn(event: MachineEvent): boolean {
    let grew = false;
    for (const a of event.accesses) {
      const writes = a.kind !== AccessKind.Read;
      const u = this.users.get(a.location);
      if (!u) this.users.set(a.location, { lane: a.lane, many: false, written: writes });
      else {
        if (u.lane !== a.lane) u.many = true;
        if (writes) u.written = true;
        if (u.many && u.written && !this.contended.has(a.location)) {
          this.contended.add(a.location);
          grew = true;
        }
      }
    }
    return grew;
  }

  touches(event: MachineEvent): boolean {
    return event.accesses.some((a) => this.contended.has(a.location));
  }
}

/** How an order of contexts costs; a search visits everything up to a total cost. */
export type Cost = 'delays' | 'switches';

/** Searches from the state that the system is in, which it is in again afterwards. */
export function boundedSearch(
  system: MachineSystem,
  cost: Cost,
  bound: number,
  contention: Contention,
  budget: SearchBudget,
  onExecution: OnExecution,
): SearchResult {
  for (;;) {
    const grewRef = { grew: false };
    const result = searchOnce(system, cost, bound, contention, budget, onExecution, grewRef);
    if (result.ended !== 'exhausted' || !grewRef.grew) return result;
  }
}

interface Branch {
  /** Alternatives still to try at this state, cheapest first. */
  rest: { choice: Choice; cost: number }[];
  spent: number;
  deviated: number;
  /** Lane running before this state. */
  lane: number;
  /** Tried: once the first step is known not to be contended, the switches are pointless. */
  firstIsContinuation: boolean;
}

function searchOnce(
  system: MachineSystem,
  cost: Cost,
  bound: number,
  contention: Contention,
  budget: SearchBudget,
  onExecution: OnExecution,
  grown: { grew: boolean },
): SearchResult {
  const stack: Branch[] = [];
  let cut = false;
  let ticks = 0;
  let spent = 0;
  const mostDeviations = budget.deviations ?? Infinity;
  let deviated = deviations(system.path);
  let lane = system.path.at(-1)?.lane ?? 0;
  const unwind = (): void => {
    while (stack.length > 0) {
      system.undo();
      stack.pop();
    }
  };
  for (;;) {
    const options = optionsAt(system, cost, lane, bound - spent, deviated >= mostDeviations);
    const over = stack.length >= budget.maxSteps;
    if (options.length === 0 || over) {
      if (over) cut = true;
      // Nothing enabled at all is the end; something enabled but too expensive is not an execution.
      if (over || system.enabled().length === 0) {
        budget.executions--;
        if (onExecution(system.path, over) === 'stop') {
          unwind();
          return { ended: 'stopped', cut };
        }
      }
      if (budget.executions <= 0 || budget.stop()) {
        unwind();
        return { ended: 'budget', cut };
      }
      if (!backtrack()) return { ended: 'exhausted', cut };
      continue;
    }
    const first = options.shift();
    if (!first) return { ended: 'exhausted', cut };
    stack.push({ rest: options, spent, deviated, lane, firstIsContinuation: first.cost === 0 });
    take(first);
    if ((++ticks & 255) === 0 && budget.stop()) {
      unwind();
      return { ended: 'budget', cut };
    }
  }

  function take(option: { choice: Choice; cost: number }): void {
    const event = system.step(option.choice.process, option.choice.alternative);
    spent += option.cost;
    if (option.choice.alternative > 0) deviated++;
    lane = event.lane;
    if (contention.learn(event)) grown.grew = true;
  }

  function backtrack(): boolean {
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const event = system.path.at(-1);
      const pointless = top.firstIsContinuation && event !== undefined && !contention.touches(event);
      if (pointless && event) top.rest = top.rest.filter((r) => r.choice.process === event.process);
      top.firstIsContinuation = false;
      system.undo();
      spent = top.spent;
      deviated = top.deviated;
      lane = top.lane;
      const next = top.rest.shift();
      if (next) {
        take(next);
        return true;
      }
      stack.pop();
    }
    return false;
  }
}

/** What may move within the remaining cost, the running lane first. */
function optionsAt(system: MachineSystem, cost: Cost, lane: number, left: number, onlyFirst: boolean): { choice: Choice; cost: number }[] {
  const processes = system.machine.processes;
  const enabled = system.enabled();
  const ordered = [...enabled].sort((a, b) => rank(a) - rank(b) || a - b);
  function rank(p: ProcessId): number {
    const l = processes[p]?.lane.id ?? 0;
    return l === lane ? 0 : l > lane ? 1 : 2;
  }
  const out: { choice: Choice; cost: number }[] = [];
  ordered.forEach((p, i) => {
    const price = cost === 'delays' ? i : processes[p]?.lane.id === lane ? 0 : 1;
    if (price > left) return;
    const n = onlyFirst ? Math.min(1, system.alternatives(p)) : system.alternatives(p);
    for (let a = 0; a < n; a++) out.push({ choice: { process: p, alternative: a }, cost: price });
  });
  return out;
}

/**
 * Executions whose contexts switch only between operations: a context that is inside one goes on as
 * long as it can.
 */
export function serialSearch(system: MachineSystem, budget: SearchBudget, onExecution: OnExecution): SearchResult {
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

function searchSerial(system: MachineSystem, budget: SearchBudget, onExecution: OnExecution): SearchResult {
  const stack: Choice[][] = [];
  const mostDeviations = budget.deviations ?? Infinity;
  let deviated = deviations(system.path);
  let cut = false;
  const laneOf = (p: ProcessId): number => {
    const process = system.machine.processes[p];
    return process?.nextLane?.() ?? process?.lane.id ?? -1;
  };
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
    const processes = system.machine.processes;
    const parents = new Map<number, number>();
    for (const e of system.path) {
      for (const p of e.spawned) {
        const lane = processes[p]?.lane.id;
        if (lane !== undefined && lane !== e.lane && !parents.has(lane)) parents.set(lane, e.lane);
      }
    }
    const isMain = (lane: number): boolean => system.machine.lanes[lane]?.kind === 'main';
    const under = (lane: number, ancestor: number): boolean => {
      for (let at: number | undefined = lane, n = 0; at !== undefined && n < 64; at = parents.get(at), n++)
        if (at === ancestor) return true;
      return false;
    };
    for (let lane: number | undefined = from; lane !== undefined && !isMain(lane); lane = parents.get(lane)) {
      const ancestor = lane;
      const own = enabled.filter((p) => under(laneOf(p), ancestor));
      if (own.length > 0) return own;
    }
    return null;
  };
  for (;;) {
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
    if (choice.alternative > 0) deviated++;
  }
}

/** Questions about the unknown that got another than the first answer along a path. */
export function deviations(path: readonly MachineEvent[]): number {
  let n = 0;
  for (const e of path) if (e.alternative > 0) n++;
  return n;
}

/** Lane changes along a path. */
export function contextSwitches(path: readonly MachineEvent[]): number {
  let n = 0;
  for (let i = 1; i < path.length; i++) if (path[i]?.lane !== path[i - 1]?.lane) n++;
  return n;
}
