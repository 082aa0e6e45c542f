/**
 * Searching with a bound: delay-bounded (Emmi, Qadeer, Rakamarić, "Delay-Bounded Scheduling", POPL
 * 2011) to find a violation fast, context-switch-bounded to find the shortest one. Both go back by
 * undoing.
 *
 * A context is a lane: the completions of one task are different processes but the same context.
 * Switching away before a step that touches nothing contended is the same as switching after it, so
 * only contended steps are switch points: those of a location that at least two lanes access, or wait
 * for, one of them changing it. What is contended is learned from the executions; a bound is searched
 * again when something new turns out to be. At the fixed point the answer is exact: the first step at
 * which a trace within the bound departs from what was searched would be one of a location that was
 * never found contended, although the schedule up to there shows it.
 *
 * There are no sleep sets: they are unsound under a bound, because the explored sibling may need more
 * switches than are left (Coons, Musuvathi, McKinley, "Bounded Partial-Order Reduction", OOPSLA
 * 2013). Equivalent schedules can therefore be visited several times.
 */
import type { Choice } from './event-log.ts';
import { AccessKind, type Access, type BlockedOperation, type ProcessId } from './system.ts';

/** A step, and the lane that made it. One that ran code of several lanes says whose each access is. */
export interface LanedEvent {
  process: ProcessId;
  alternative: number;
  lane: number;
  accesses: readonly (Access & { lane: number })[];
}

/** What this search drives: a `System` whose processes belong to lanes. */
export interface LanedSystem<Event extends LanedEvent = LanedEvent> {
  /** Events of the steps executed and not undone. */
  readonly path: readonly Event[];
  enabled(): readonly ProcessId[];
  alternatives(process: ProcessId): number;
  laneOf(process: ProcessId): number;
  step(process: ProcessId, alternative: number): Event;
  undo(): void;
  blocked(): readonly BlockedOperation[];
}

export interface SearchBudget {
  /** Executions still allowed; counted down. */
  executions: number;
  /** Steps one execution may have. */
  maxSteps: number;
  /** Answers to questions about the unknown, other than the first, that one execution may have; all when left out. */
  deviations?: number;
  /** Asked every few hundred steps; true stops the search. */
  stop: () => boolean;
}

export type OnExecution<Event extends LanedEvent = LanedEvent> = (path: readonly Event[], cut: boolean) => 'continue' | 'stop';

export interface SearchResult {
  ended: 'exhausted' | 'stopped' | 'budget';
  /** Some execution was longer than maxSteps. */
  cut: boolean;
}

/** Locations two lanes touch, one of them not just reading. Grows over a search. */
export class Contention {
  private readonly users = new Map<number, { lane: number; many: boolean; written: boolean }>();
  private readonly contended = new Set<number>();

  learn(event: LanedEvent): boolean {
    let grew = false;
    for (const a of event.accesses) if (this.note(a, a.lane)) grew = true;
    return grew;
  }

  /** Learns what those wait for who can never go on. */
  learnBlocked(system: LanedSystem): boolean {
    let grew = false;
    for (const { process, accesses } of system.blocked()) {
      for (const a of accesses) if (this.note(a, system.laneOf(process))) grew = true;
    }
    return grew;
  }

  private note(a: Access, lane: number): boolean {
    const writes = a.kind !== AccessKind.Read;
    const u = this.users.get(a.location);
    if (!u) {
      this.users.set(a.location, { lane, many: false, written: writes });
      return false;
    }
    if (u.lane !== lane) u.many = true;
    if (writes) u.written = true;
    if (!u.many || !u.written || this.contended.has(a.location)) return false;
    this.contended.add(a.location);
    return true;
  }

  touches(event: LanedEvent): boolean {
    return event.accesses.some((a) => this.contended.has(a.location));
  }
}

/** How an order of contexts costs; a search visits everything up to a total cost. */
export type Cost = 'delays' | 'switches';

const NOBODY = -1;

/** Searches from the state that the system is in, which it is in again afterwards. */
export function boundedSearch<Event extends LanedEvent>(
  system: LanedSystem<Event>,
  cost: Cost,
  bound: number,
  contention: Contention,
  budget: SearchBudget,
  onExecution: OnExecution<Event>,
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

function searchOnce<Event extends LanedEvent>(
  system: LanedSystem<Event>,
  cost: Cost,
  bound: number,
  contention: Contention,
  budget: SearchBudget,
  onExecution: OnExecution<Event>,
  grown: { grew: boolean },
): SearchResult {
  const stack: Branch[] = [];
  let cut = false;
  let ticks = 0;
  let spent = 0;
  const mostDeviations = budget.deviations ?? Infinity;
  let deviated = deviations(system.path);
  let lane = system.path.at(-1)?.lane ?? NOBODY;
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
      if (contention.learnBlocked(system)) grown.grew = true;
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
    stack.push({ rest: options, spent, deviated, lane, firstIsContinuation: first.cost === 0 && lane !== NOBODY });
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
function optionsAt(system: LanedSystem, cost: Cost, lane: number, left: number, onlyFirst: boolean): { choice: Choice; cost: number }[] {
  const enabled = system.enabled();
  const ordered = [...enabled].sort((a, b) => rank(a) - rank(b) || a - b);
  function rank(p: ProcessId): number {
    const l = system.laneOf(p);
    return l === lane ? 0 : l > lane ? 1 : 2;
  }
  const out: { choice: Choice; cost: number }[] = [];
  ordered.forEach((p, i) => {
    const price = cost === 'delays' ? i : lane === NOBODY || system.laneOf(p) === lane ? 0 : 1;
    if (price > left) return;
    const n = onlyFirst ? Math.min(1, system.alternatives(p)) : system.alternatives(p);
    for (let a = 0; a < n; a++) out.push({ choice: { process: p, alternative: a }, cost: price });
  });
  return out;
}

/** Questions about the unknown that got another than the first answer along a path. */
export function deviations(path: readonly LanedEvent[]): number {
  let n = 0;
  for (const e of path) if (e.alternative > 0) n++;
  return n;
}

/** Lane changes along a path. */
export function contextSwitches(path: readonly LanedEvent[]): number {
  let n = 0;
  for (let i = 1; i < path.length; i++) if (path[i]?.lane !== path[i - 1]?.lane) n++;
  return n;
}
