/**
 * Optimal dynamic partial order reduction with source sets and wake-up trees: exactly one execution
 * per Mazurkiewicz trace. Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A Foundation for Optimal
 * Dynamic Partial Order Reduction" (POPL 2014; JACM 64(4), 2017), Algorithm 2, as a depth-first
 * search over one system that goes back by undoing.
 *
 * The search keeps one flat path: per depth a sleep set (`SleepSets`) and the wake-up tree of what is
 * left to do there (`WakeupTrees`). At the end of an execution its races are reversed, which plants
 * sequences in those trees (`RaceReversals`).
 *
 * `redundant` counts executions in which every process that could move was asleep: 0. The sequences
 * that wait in the trees are for some programs as many as the executions still to come. When there are
 * too many (`waitingSteps`), new ones are cut to the step in which they differ: the trees then hold
 * source sets (same paper, Algorithm 1), at most one step for each process and depth more. Every trace
 * is still explored exactly once, but executions may turn out redundant. So memory is bounded by the
 * limit and the length of an execution.
 */

import { type Budget, Meter, type Observer, type RunState, type Search, type SearchResult, type Slice } from './budget.ts';
import { CausalPath } from './causal-path.ts';
import { alternativeOf, Footprints, labelOf, processOf } from './footprint.ts';
import { RaceReversals } from './race-reversals.ts';
import { SleepSets } from './sleep-sets.ts';
import type { System } from './system.ts';
import { NO_NODE, WakeupTrees } from './wakeup-tree.ts';

const WAITING_STEPS = 1 << 21;
const NONE_ENABLED = -1;
const ALL_ASLEEP = -2;

export interface DporOptions extends Budget {
  /** Steps that may wait in wake-up trees before sequences are cut (16 bytes each); default 2^21. */
  waitingSteps?: number;
}

/**
 * Explores every execution of `system` from its present state, up to equivalence. The observer is
 * called once per execution; `options` limits the search. While the search is paused nobody else may
 * move the system; when it is done or stopped, or after `abandon`, the system is back where it was.
 */
export function exploreDpor(system: System, observer: Observer, options: DporOptions = {}): Search {
  return new DporSearch(system, observer, options);
}

class DporSearch implements Search {
  private readonly system: System;
  private readonly observer: Observer;
  private readonly meter: Meter;
  private readonly footprints = new Footprints();
  private readonly path: CausalPath;
  private readonly trees: WakeupTrees;
  private readonly sleep: SleepSets;
  private readonly reversals: RaceReversals;
  private direction: 'forward' | 'backward' | 'over' = 'forward';
  /** The present state has been left before: only what is pending there remains. */
  private revisiting = false;
  private ending: RunState = 'done';
  private exhausted = false;
  constructor(system: System, observer: Observer, options: DporOptions) {
    this.system = system;
    this.observer = observer;
    this.meter = new Meter(options);
    this.path = new CausalPath(this.footprints, system.processCount());
    this.trees = new WakeupTrees(this.footprints, options.waitingSteps ?? WAITING_STEPS);
    this.sleep = new SleepSets(this.footprints, this.trees);
    this.reversals = new RaceReversals(system, this.path, this.footprints, this.sleep, this.trees);
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
    this.reversals.undoAll();
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
    this.reversals.catchUp();
    for (;;) {
      const depth = path.length;
      if (depth >= meter.depthLimit && this.system.enabled().length > 0) {
        trees.releaseList(trees.head[depth] as number);
        trees.head[depth] = NO_NODE;
        meter.truncated++;
        meter.bound ??= 'stepsPerExecution';
        return this.endExecution(true);
      }
      const node = this.nextPending(depth);
      if (node !== NO_NODE) {
        const label = trees.label[node] as number;
        const below = trees.child[node] as number;
        trees.head[depth] = trees.sibling[node] as number;
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
      if (meter.steps >= meter.checkAt) {
        const verdict = meter.check();
        if (verdict !== 'go') {
          return verdict === 'pause' ? 'paused' : 'done';
        }
      }
    }
  }

  /** Undoes steps up to a state with something left to explore. False: there is none. */
  private backward(): boolean {
    const { path, trees, reversals } = this;
    for (;;) {
      const depth = path.length;
      if (trees.head[depth] !== NO_NODE) {
        this.direction = 'forward';
        this.revisiting = true;
        return true;
      }
      if (depth === 0) {
        return false;
      }
      const above = depth - 1;
      if (trees.head[above] !== NO_NODE) {
        this.sleep.add(above, path.label[above] as number, path.footprint[above] as number);
      }
      path.pop();
      reversals.retreat();
    }
  }

  /** The first sequence to explore from here; drops those that turn out to be impossible. */
  private nextPending(depth: number): number {
    const { trees } = this;
    let node = trees.head[depth] as number;
    while (node !== NO_NODE) {
      const label = trees.label[node] as number;
      const process = processOf(label);
      if (this.system.isEnabled(process) && (this.sleep.isEmpty(depth) || !this.sleep.includes(depth, label))) {
        return node;
      }
      // Only after a step whose accesses were not the ones foreseen.
      const sibling = trees.sibling[node] as number;
      trees.releaseList(trees.child[node] as number);
      trees.recycle(node);
      node = sibling;
      trees.head[depth] = node;
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
      // Nobody else can move before the choice is made (the rest of a turn): whatever comes next begins with
      // one of the alternatives, and nothing that was seen after it can be placed before.
      if (system.enabled().length === 1) this.reversals.branch(depth, label, alternatives);
      else this.reversals.noteAlternatives(depth, label, alternatives);
    }
    path.push(system.step(process, alternativeOf(label)));
    this.meter.steps++;
    this.sleep.descend(depth, label, path.footprint[depth] as number);
    this.trees.setHead(depth + 1, below);
    this.revisiting = false;
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
    this.reversals.plan(blocked);
    this.direction = 'backward';
    return verdict === 'stop' ? 'stopped' : null;
  }

  private endRedundant(): null {
    this.meter.redundant++;
    this.reversals.plan(this.system.blocked());
    this.direction = 'backward';
    return null;
  }
}
