/**
 * Optimal dynamic partial order reduction with source sets and wake-up trees: exactly one execution
 * per Mazurkiewicz trace. Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A Foundation for Optimal
 * Dynamic Partial Order Reduction" (POPL 2014; JACM 64(4), 2017), Algorithm 2, as a depth-first
 * search over one system that goes back by undoing.
 *
 * The search keeps one flat path: per depth a sleep set and the wake-up tree of what is left to do
 * there. At the end of an execution the races whose second event is new (not part of a prefix that
 * an earlier execution had checked) are reversed: for a race (e, e') the sequence notdep(e, E).e' is
 * inserted at pre(E, e), unless a sleeping process is a weak initial of it. Operations that waited,
 * and those that wait for ever at the end, are in `CausalPath`. The alternatives of a data choice
 * are treated as a race of the step with itself: notdep(e, E).(p, other alternative).
 *
 * `redundant` counts executions in which every process that could move was asleep. It is 0 whenever
 * the accesses of a step do not depend on values that the same step reads; this holds for steps with
 * one access. Otherwise a footprint kept in a wake-up tree can differ from what the step does when it
 * is executed in its new place; then the search stays exhaustive and may explore some trace twice.
 */

import {
  type Budget,
  Meter,
  type Observer,
  type RunState,
  type Search,
  type SearchResult,
  type Slice,
} from './budget.ts';
import { alternativeOf, CausalPath, labelOf, processOf } from './causal-path.ts';
import { Footprints } from './footprint.ts';
import { grown, type Ints } from './int-pool.ts';
import { SleepSets } from './sleep-sets.ts';
import type { BlockedOperation, System } from './system.ts';
import { NO_NODE, WakeupTrees } from './wakeup-tree.ts';

const NOT_BLOCKED: readonly BlockedOperation[] = [];
const NONE_ENABLED = -1;
const ALL_ASLEEP = -2;

interface Branch {
  label: number;
  footprint: number;
}


/**
 * Explores every execution of `system` from its present state, up to equivalence. The observer is
 * called once per execution; `budget` limits the search. While the search is paused nobody else may
 * move the system; when it is done or stopped, or after `abandon`, the system is back where it was.
 */
export function exploreDpor(system: System, observer: Observer, budget: Budget = {}): Search {
  return new DporSearch(system, observer, budget);
}

class DporSearch implements Search {
  private readonly system: System;
  private readonly observer: Observer;
  private readonly meter: Meter;
  private readonly footprints = new Footprints();
  private readonly path: CausalPath;
  private readonly trees: WakeupTrees;
  private readonly sleep: SleepSets;
  /** Per depth: the wake-up tree below that state, as a list of siblings. */
  private pending: Ints = new Int32Array(64);
  /** Footprints of the alternatives not taken at data choices, by depth of the choice. */
  private readonly otherAlternatives = new Map<number, Branch[]>();
  private choicesOnPath = 0;
  /** Events before this depth have been checked for races. */
  private checked = 0;
  private direction: 'forward' | 'backward' | 'over' = 'forward';
  /** The present state has been left before: only what is pending there remains. */
  private revisiting = false;
  private ending: RunState = 'done';
  private exhausted = false;
  /** notdep(e, E).e' of the race at hand, and a copy that insertion may destroy. */
  private sequenceLabels: Ints = new Int32Array(64);
  private sequenceFootprints: Ints = new Int32Array(64);
  private sequenceLength = 0;
  private sequenceOf = -1;
  private workLabels: Ints = new Int32Array(64);
  private workFootprints: Ints = new Int32Array(64);

  constructor(system: System, observer: Observer, budget: Budget) {
    this.system = system;
    this.observer = observer;
    this.meter = new Meter(budget);
    this.path = new CausalPath(this.footprints, system.processCount());
    this.trees = new WakeupTrees(this.footprints);
    this.sleep = new SleepSets(this.footprints);
  }

  result(): SearchResult {
    return this.meter.result(this.exhausted);
  }

  abandon(): void {
    if (this.direction === 'over') {
      return;
    }
    this.direction = 'over';
    this.meter.bound ??= 'stopped';
    while (this.path.length > 0) {
      this.path.pop();
      this.system.undo();
    }
  }

  run(slice?: Slice): RunState {
    if (this.direction === 'over') {
      return this.ending;
    }
    const meter = this.meter;
    meter.begin(slice);
    let outcome: RunState | null = null;
    while (outcome === null) {
      if (this.direction === 'forward') {
        outcome = this.forward();
      } else if (this.backward()) {
        const verdict = meter.check();
        outcome = verdict === 'pause' ? 'paused' : verdict === 'spent' ? 'done' : null;
      } else {
        this.exhausted = meter.truncated === 0;
        outcome = 'done';
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

  /** Makes steps until the execution ends. Null: go on backwards. */
  private forward(): RunState | null {
    const { meter, path, trees } = this;
    for (;;) {
      const depth = path.length;
      if (depth >= meter.depthLimit && this.system.enabled().length > 0) {
        trees.releaseList(this.pending[depth] as number);
        this.pending[depth] = NO_NODE;
        meter.truncated++;
        meter.bound ??= 'stepsPerExecution';
        return this.endExecution(true);
      }
      const node = this.nextPending(depth);
      if (node !== NO_NODE) {
        const label = trees.label[node] as number;
        const below = trees.child[node] as number;
        this.pending[depth] = trees.sibling[node] as number;
        trees.recycle(node);
        this.execute(depth, label, below);
      } else if (this.revisiting) {
        this.direction = 'backward';
        return null;
      } else {
        const label = this.choose(depth);
        if (label < 0) {
          return label === ALL_ASLEEP ? this.endRedundant() : this.endExecution(false);
        }
        this.execute(depth, label, NO_NODE);
      }
      const verdict = meter.check();
      if (verdict !== 'go') {
        return verdict === 'pause' ? 'paused' : 'done';
      }
    }
  }

  /** Undoes steps up to a state with something left to explore. False: there is none. */
  private backward(): boolean {
    const { path, pending } = this;
    for (;;) {
      const depth = path.length;
      if (pending[depth] !== NO_NODE) {
        this.direction = 'forward';
        this.revisiting = true;
        return true;
      }
      if (depth === 0) {
        return false;
      }
      const above = depth - 1;
      if (pending[above] !== NO_NODE) {
        this.sleep.add(above, path.label[above] as number, path.footprint[above] as number);
      }
      path.pop();
      this.system.undo();
      if (this.choicesOnPath > 0 && this.otherAlternatives.delete(above)) {
        this.choicesOnPath--;
      }
      if (this.checked > above) {
        this.checked = above;
      }
    }
  }

  /** The first sequence to explore from here; drops those that turn out to be impossible. */
  private nextPending(depth: number): number {
    const { trees } = this;
    let node = this.pending[depth] as number;
    while (node !== NO_NODE) {
      const label = trees.label[node] as number;
      const process = processOf(label);
      if (this.system.isEnabled(process) && !this.sleep.includes(depth, label)) {
        return node;
      }
      // Only after a step whose accesses were not the ones foreseen.
      const sibling = trees.sibling[node] as number;
      trees.releaseList(trees.child[node] as number);
      trees.recycle(node);
      node = sibling;
      this.pending[depth] = node;
    }
    return NO_NODE;
  }

  /** Any branch that is not asleep; stays with the process that moved last if that can move. */
  private choose(depth: number): number {
    const { system, sleep } = this;
    if (sleep.isEmpty(depth)) {
      if (depth > 0) {
        const last = this.path.process[depth - 1] as number;
        if (system.isEnabled(last)) {
          return labelOf(last, 0);
        }
      }
      const first = system.enabled()[0];
      return first === undefined ? NONE_ENABLED : labelOf(first, 0);
    }
    const enabled = system.enabled();
    for (const process of enabled) {
      const alternatives = system.alternatives(process);
      for (let alternative = 0; alternative < alternatives; alternative++) {
        const label = labelOf(process, alternative);
        if (!sleep.includes(depth, label)) {
          return label;
        }
      }
    }
    return enabled.length === 0 ? NONE_ENABLED : ALL_ASLEEP;
  }

  private execute(depth: number, label: number, below: number): void {
    const { system, path } = this;
    const process = processOf(label);
    const alternatives = system.alternatives(process);
    if (alternatives > 1) {
      this.peekAlternatives(depth, label, alternatives);
    }
    path.push(system.step(process, alternativeOf(label)));
    this.meter.steps++;
    this.sleep.descend(depth, label, path.footprint[depth] as number);
    if (depth + 2 > this.pending.length) {
      this.pending = grown(this.pending, depth + 2);
    }
    this.pending[depth + 1] = below;
    this.revisiting = false;
  }

  /** Finds out what the other alternatives of a data choice would access. */
  private peekAlternatives(depth: number, label: number, alternatives: number): void {
    const process = processOf(label);
    const others: Branch[] = [];
    for (let alternative = 0; alternative < alternatives; alternative++) {
      const other = labelOf(process, alternative);
      if (other !== label) {
        const event = this.system.step(process, alternative);
        others.push({ label: other, footprint: this.footprints.of(event.accesses) });
        this.system.undo();
      }
    }
    this.otherAlternatives.set(depth, others);
    this.choicesOnPath++;
    // Executions that share the prefix were checked with another alternative in notdep.
    this.checked = 0;
  }

  private endExecution(truncated: boolean): RunState | null {
    const { meter, path } = this;
    const blocked = this.system.blocked();
    if (!truncated) {
      meter.executions++;
    }
    if (path.length > meter.maxDepth) {
      meter.maxDepth = path.length;
    }
    const verdict = this.observer(path, { blocked, truncated });
    this.reverseRaces(blocked);
    this.direction = 'backward';
    return verdict === 'stop' ? 'stopped' : null;
  }

  private endRedundant(): null {
    this.meter.redundant++;
    this.reverseRaces(NOT_BLOCKED);
    this.direction = 'backward';
    return null;
  }

  private reverseRaces(blocked: readonly BlockedOperation[]): void {
    const { path } = this;
    const length = path.length;
    this.sequenceOf = -1;
    for (let second = this.checked; second < length; second++) {
      const end = path.raceEnd[second] as number;
      for (let race = path.raceStart(second); race < end; race++) {
        this.reverse(
          path.raceFirst[race] as number,
          path.label[second] as number,
          path.footprint[second] as number,
        );
      }
    }
    for (const operation of blocked) {
      for (const first of path.racesOfBlocked(operation)) {
        const footprint = this.footprints.of(operation.accesses);
        this.reverse(first, labelOf(operation.process, 0), footprint);
      }
    }
    if (this.choicesOnPath > 0) {
      for (const [depth, others] of this.otherAlternatives) {
        for (const other of others) {
          this.reverse(depth, other.label, other.footprint);
        }
      }
    }
    this.checked = length;
  }

  /** Plans an execution in which the step `label` comes before event `first` instead of after. */
  private reverse(first: number, label: number, footprint: number): void {
    if (this.sequenceOf !== first) {
      this.buildNotDependent(first);
    }
    const length = this.sequenceLength + 1;
    this.sequenceLabels[length - 1] = label;
    this.sequenceFootprints[length - 1] = footprint;
    if (this.sleep.hasWeakInitial(first, this.sequenceLabels, this.sequenceFootprints, length)) {
      return;
    }
    for (let i = 0; i < length; i++) {
      this.workLabels[i] = this.sequenceLabels[i] as number;
      this.workFootprints[i] = this.sequenceFootprints[i] as number;
    }
    this.pending[first] = this.trees.insert(
      this.pending[first] as number,
      this.workLabels,
      this.workFootprints,
      length,
    );
  }

  /** notdep(e, E): the events after e that do not happen after it, to the end of the execution. */
  private buildNotDependent(first: number): void {
    const { path } = this;
    const length = path.length;
    if (this.sequenceLabels.length < length + 1) {
      this.sequenceLabels = grown(this.sequenceLabels, length + 1);
      this.sequenceFootprints = grown(this.sequenceFootprints, length + 1);
      this.workLabels = grown(this.workLabels, length + 1);
      this.workFootprints = grown(this.workFootprints, length + 1);
    }
    const { stride, clock, label, footprint } = path;
    const process = path.process[first] as number;
    const ordinal = path.ordinal[first] as number;
    let count = 0;
    for (let i = first + 1; i < length; i++) {
      if ((clock[i * stride + process] as number) < ordinal) {
        this.sequenceLabels[count] = label[i] as number;
        this.sequenceFootprints[count] = footprint[i] as number;
        count++;
      }
    }
    this.sequenceLength = count;
    this.sequenceOf = first;
  }
}
