/**
 * Find-fast search: depth first over the schedules with at most c context switches, for c = 0, 1,
 * 2, …, so that the first violation seen is one with the fewest switches. Every switch counts, also
 * those forced because a process ended or is stuck; or, as an option, only preemptions do (Musuvathi
 * and Qadeer, "Iterative Context Bounding", PLDI 2007).
 *
 * A process is switched away from while it could go on only before a step that touches a contended
 * location: one that at least two processes access, one of them changing it. This loses no trace and
 * no switch count: any other step can be moved before the switch, since nothing that the other
 * processes do in between depends on it, and that adds no switch. Which locations are contended is
 * learned from the executions; when a bound's search skipped a switch because of a location that
 * turns out to be contended, the bound is searched again, and only what is new is reported. At the
 * fixed point the answer is exact: the first step at which a trace with c switches departs from what
 * was searched would be one of a location that was never found contended, although the schedule up
 * to there shows it.
 *
 * There are no sleep sets: they are unsound under a bound, because the explored sibling may need more
 * switches than are left (Coons, Musuvathi, McKinley, "Bounded Partial-Order Reduction", OOPSLA
 * 2013). Equivalent schedules can therefore be reported several times.
 */

import {
  type Budget,
  type ExecutionEnd,
  Meter,
  type Observer,
  type RunState,
  type Search,
  type SearchResult,
  type Slice,
} from './budget.ts';
import { Contention, NEVER } from './contention.ts';
import { EventLog } from './event-log.ts';
import { grown, type Ints } from './int-pool.ts';
import type { ProcessId, System } from './system.ts';

export interface BoundedOptions extends Budget {
  /** What the bound counts; default `switches`. */
  count?: 'switches' | 'preemptions';
  /** The first and the last bound to be searched; default 0 and no last. */
  firstBound?: number;
  lastBound?: number;
}

export interface BoundedEnd extends ExecutionEnd {
  /** Steps made by another process than the step before. */
  switches: number;
  /** Those of them at which the process before could have gone on. */
  preemptions: number;
}

export interface BoundedSearch extends Search {
  /** Every execution whose count is less than this has been seen, up to equivalence. */
  searchedBelow(): number;
}

const NOBODY = -1;

/**
 * Searches `system` from its present state. The observer is called with executions in ascending
 * order of their count; see `exploreDpor` for what holds between slices and at the end.
 */
export function exploreBounded(system: System, observer: Observer<BoundedEnd>, options: BoundedOptions = {}): BoundedSearch {
  return new Bounded(system, observer, options);
}

class Bounded implements BoundedSearch {
  private readonly system: System;
  private readonly observer: Observer<BoundedEnd>;
  private readonly meter: Meter;
  private readonly log = new EventLog();
  private readonly contention = new Contention();
  private readonly countsPreemptions: boolean;
  private readonly lastBound: number;
  private readonly firstBound: number;
  private bound: number;
  /** Whether this bound was searched before, with fewer contended locations. */
  private again = false;
  /** Something was left out of this pass only because of the bound. */
  private cut = false;
  /** Per depth: switches and preemptions up to the state there, and voluntary switches new in this pass. */
  private switches: Ints = new Int32Array(64);
  private preemptions: Ints = new Int32Array(64);
  private fresh: Ints = new Int32Array(64);
  /** Per depth: the pass since which a switch is allowed there, by the steps the process makes. */
  private since: Ints = new Int32Array(64);
  private direction: 'forward' | 'backward' | 'over' = 'forward';
  private ending: RunState = 'done';
  private exhausted = false;

  constructor(system: System, observer: Observer<BoundedEnd>, options: BoundedOptions) {
    this.system = system;
    this.observer = observer;
    this.meter = new Meter(options);
    this.countsPreemptions = options.count === 'preemptions';
    this.firstBound = options.firstBound ?? 0;
    this.bound = this.firstBound;
    this.lastBound = options.lastBound ?? Infinity;
    this.since[0] = NEVER;
  }

  result(): SearchResult {
    return this.meter.result(this.exhausted);
  }

  searchedBelow(): number {
    return this.exhausted ? Infinity : this.bound;
  }

  abandon(): void {
    if (this.direction !== 'over') {
      this.direction = 'over';
      this.meter.bound ??= 'stopped';
      while (this.log.length > 0) {
        this.log.removeLast();
        this.system.undo();
      }
    }
  }

  run(slice?: Slice): RunState {
    if (this.direction === 'over') {
      return this.ending;
    }
    const { meter } = this;
    meter.begin(slice);
    let outcome: RunState | null = null;
    while (outcome === null) {
      if (this.direction === 'forward') {
        outcome = this.forward();
      } else if (!this.backward()) {
        outcome = this.nextPass() ? null : 'done';
      }
      if (outcome === null) {
        const verdict = meter.check();
        outcome = verdict === 'go' ? null : verdict === 'pause' ? 'paused' : 'done';
      }
    }
    meter.end();
    if (outcome !== 'paused') {
      this.ending = outcome;
      if (outcome === 'stopped') {
        meter.bound ??= 'stopped';
      }
      const bound = meter.bound;
      this.abandon();
      meter.bound = bound;
    }
    return outcome;
  }

  /** One step on, or the end of an execution. */
  private forward(): RunState | null {
    const { log, system, meter } = this;
    const depth = log.length;
    const last = this.lastProcess(depth);
    const stays = last !== NOBODY && system.isEnabled(last);
    const next = stays ? last : system.enabled()[0];
    if (next === undefined) {
      return this.endExecution(false);
    }
    if (depth >= meter.depthLimit) {
      meter.truncated++;
      meter.bound ??= 'stepsPerExecution';
      return this.endExecution(true);
    }
    if (!this.tryStep(depth, last, next, 0)) {
      this.direction = 'backward';
    }
    return null;
  }

  /** Makes a step if the bound allows it. */
  private tryStep(depth: number, last: ProcessId, process: ProcessId, alternative: number): boolean {
    const { log, system } = this;
    let switches = this.switches[depth] as number;
    let preemptions = this.preemptions[depth] as number;
    let fresh = this.fresh[depth] as number;
    if (last !== NOBODY && last !== process) {
      switches++;
      if (system.isEnabled(last)) {
        preemptions++;
        fresh += this.since[depth] === this.contention.pass ? 1 : 0;
      }
      if ((this.countsPreemptions ? preemptions : switches) > this.bound) {
        this.cut = true;
        return false;
      }
    }
    const event = system.step(process, alternative);
    this.meter.steps++;
    log.append(event);
    this.contention.learn(process, event.accesses);
    if (depth + 1 === this.switches.length) {
      this.switches = grown(this.switches, depth + 2);
      this.preemptions = grown(this.preemptions, depth + 2);
      this.fresh = grown(this.fresh, depth + 2);
      this.since = grown(this.since, depth + 2);
    }
    this.switches[depth + 1] = switches;
    this.preemptions[depth + 1] = preemptions;
    this.fresh[depth + 1] = fresh;
    this.since[depth + 1] = NEVER;
    this.direction = 'forward';
    return true;
  }

  /** Goes back to the next branch not yet taken and takes it. False: there is none. */
  private backward(): boolean {
    const { log, system } = this;
    while (log.length > 0) {
      const depth = log.length - 1;
      const process = log.process[depth] as number;
      const alternative = log.alternative[depth] as number;
      const last = this.lastProcess(depth);
      if (process === last) {
        const since = this.contention.since(log, depth);
        if (since < (this.since[depth] as number)) {
          this.since[depth] = since;
        } else if (since === NEVER && this.affordable(depth)) {
          this.contention.skip(log, depth);
        }
      }
      log.removeLast();
      system.undo();
      if (alternative + 1 < system.alternatives(process)) {
        if (this.tryStep(depth, last, process, alternative + 1)) {
          return true;
        }
      }
      if (this.tryOthers(depth, last, process)) {
        return true;
      }
    }
    return false;
  }

  /** Tries the processes after `process` in the order: the last one, then the others ascending. */
  private tryOthers(depth: number, last: ProcessId, process: ProcessId): boolean {
    if (process === last && this.since[depth] === NEVER) {
      this.cut ||= !this.affordable(depth) && this.system.enabled().length > 1;
      return false;
    }
    // Copied: trying a step asks the system again.
    for (const other of Array.from(this.system.enabled())) {
      const later = process === last || other > process;
      if (later && other !== last && this.tryStep(depth, last, other, 0)) {
        return true;
      }
    }
    return false;
  }

  private affordable(depth: number): boolean {
    const used = this.countsPreemptions ? this.preemptions[depth] : this.switches[depth];
    return (used as number) < this.bound;
  }

  private lastProcess(depth: number): ProcessId {
    return depth === 0 ? NOBODY : (this.log.process[depth - 1] as number);
  }

  private endExecution(truncated: boolean): RunState | null {
    const { log, meter, system } = this;
    const depth = log.length;
    const blocked = system.blocked();
    for (const operation of blocked) {
      this.contention.learn(operation.process, operation.accesses);
    }
    this.direction = 'backward';
    meter.maxDepth = Math.max(meter.maxDepth, depth);
    const switches = this.switches[depth] as number;
    const preemptions = this.preemptions[depth] as number;
    // Those below the bound were seen with a lower one; those with nothing new in an earlier pass.
    const count = this.countsPreemptions ? preemptions : switches;
    const seen = count < this.bound && this.bound > this.firstBound;
    if (seen || (this.again && this.fresh[depth] === 0)) {
      return null;
    }
    if (!truncated) {
      meter.executions++;
    }
    const end = { blocked, truncated, switches, preemptions };
    return this.observer(log, end) === 'stop' ? 'stopped' : null;
  }

  /** Begins the next pass: the same bound again, or the next one. False: there is none. */
  private nextPass(): boolean {
    const { meter } = this;
    this.again = this.contention.nextPass();
    if (!this.again) {
      if (!this.cut) {
        this.exhausted = meter.truncated === 0;
        return false;
      }
      this.bound++;
      if (this.bound > this.lastBound) {
        meter.bound ??= this.countsPreemptions ? 'preemptions' : 'switches';
        return false;
      }
    }
    this.cut = false;
    this.since[0] = NEVER;
    this.direction = 'forward';
    return true;
  }
}
