/**
 * What an execution says must still be explored. For a race (e, e') of the execution E, the sequence
 * notdep(e, E).e' is inserted into the wake-up tree of pre(E, e), unless a branch asleep there is a
 * weak initial of it (Algorithm 2 of the JACM 2017 paper). Only races whose second event is new are
 * looked at: those of a prefix shared with an earlier execution were reversed then. The alternatives
 * of a data choice are treated as a race of the step with itself: notdep(e, E).(p, alternative).
 *
 * The footprint of e' in its new place is the one it had in E when the accesses of a step do not
 * depend on what the same step reads (`System.fixedAccesses`). Otherwise e' is executed in its new
 * place to find out. It may then depend on events of notdep(e, E) of which it was independent in E,
 * so it is tried in two places: after all of them, and before those that came after it in E.
 */

import { alternativeOf, type CausalPath, labelOf, processOf } from './causal-path.ts';
import type { Footprints } from './footprint.ts';
import { grown, type Ints } from './int-pool.ts';
import type { SleepSets } from './sleep-sets.ts';
import { AccessKind, type BlockedOperation, type System } from './system.ts';
import type { WakeupTrees } from './wakeup-tree.ts';

interface Branch {
  label: number;
  footprint: number;
}

/** A race whose second event must be executed in its new place. */
interface Probe {
  first: number;
  /** Depth of the second event; the length of the path when it was not executed. */
  second: number;
  label: number;
}

export class RaceReversals {
  private readonly system: System;
  private readonly path: CausalPath;
  private readonly footprints: Footprints;
  private readonly sleep: SleepSets;
  private readonly trees: WakeupTrees;
  private readonly fixedAccesses: boolean;
  /** Depth of the system's state in which the path begins. */
  private readonly origin: number;
  /** Whether probing has left the system behind the path. */
  private behind = false;
  /** Events before this depth have been checked for races. */
  private checked = 0;
  /** What the alternatives not taken at data choices access, by depth of the choice. */
  private readonly otherAlternatives = new Map<number, Branch[]>();
  private readonly probes: Probe[] = [];
  /** notdep(e, E) of `sequenceOf`, with room for e', and depths of its events in the path. */
  private labels: Ints = new Int32Array(64);
  private touched: Ints = new Int32Array(64);
  private depths: Ints = new Int32Array(64);
  private length = 0;
  private sequenceOf = -1;
  /** A sequence that insertion may destroy. */
  private workLabels: Ints = new Int32Array(64);
  private workTouched: Ints = new Int32Array(64);

  constructor(
    system: System,
    path: CausalPath,
    footprints: Footprints,
    sleep: SleepSets,
    trees: WakeupTrees,
  ) {
    this.system = system;
    this.path = path;
    this.footprints = footprints;
    this.sleep = sleep;
    this.trees = trees;
    this.fixedAccesses = system.fixedAccesses === true;
    this.origin = system.depth();
  }

  /** To be called before the step of a data choice, in its state. */
  noteAlternatives(depth: number, label: number, alternatives: number): void {
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
    // Executions that share the prefix were checked with another alternative in notdep.
    this.checked = 0;
  }

  /** To be called when the last event has been popped: takes the system along. */
  retreat(): void {
    const depth = this.path.length;
    if (!this.behind || this.system.depth() > this.origin + depth) {
      this.system.undo();
    }
    if (this.otherAlternatives.size > 0) {
      this.otherAlternatives.delete(depth);
    }
    if (this.checked > depth) {
      this.checked = depth;
    }
  }

  /** Takes the system back to the state in which the search began. */
  undoAll(): void {
    this.undoTo(0);
    this.behind = true;
  }

  /** Brings the system back to the end of the path. */
  catchUp(): void {
    if (this.behind) {
      this.behind = false;
      const { path, system } = this;
      for (let depth = system.depth() - this.origin; depth < path.length; depth++) {
        system.step(path.process[depth] as number, path.alternative[depth] as number);
      }
    }
  }

  /** Reverses the races of the execution that has just ended, and those of its stuck operations. */
  plan(blocked: readonly BlockedOperation[]): void {
    if (!this.fixedAccesses) this.checked = 0;
    const { path, probes } = this;
    const length = path.length;
    this.sequenceOf = -1;
    for (let second = this.checked; second < length; second++) {
      const from = path.raceStart(second);
      const end = path.raceEnd[second] as number;
      if (from < end) {
        const label = path.label[second] as number;
        const certain = this.fixedAccesses || this.writesOnly(second);
        for (let race = from; race < end; race++) {
          const first = path.raceFirst[race] as number;
          if (certain) {
            this.reverse(first, label, path.footprint[second] as number);
          } else {
            probes.push({ first, second, label });
          }
        }
      }
    }
    this.checked = length;
    for (const operation of blocked) {
      const first = path.raceOfBlocked(operation);
      if (first >= 0) {
        const label = labelOf(operation.process, 0);
        if (this.fixedAccesses) {
          this.reverse(first, label, this.footprints.of(operation.accesses));
        } else {
          probes.push({ first, second: length, label });
        }
      }
    }
    for (const [depth, others] of this.otherAlternatives) {
      for (const other of others) {
        if (this.fixedAccesses) {
          this.reverse(depth, other.label, other.footprint);
        } else {
          probes.push({ first: depth, second: length, label: other.label });
        }
      }
    }
    if (probes.length > 0) {
      probes.sort((a, b) => b.first - a.first);
      for (const probe of probes) {
        this.probe(probe);
      }
      probes.length = 0;
    }
  }

  /** Whether the step can make no other accesses in another state: it read nothing to depend on. */
  private writesOnly(index: number): boolean {
    const end = this.path.accessEnd[index] as number;
    for (let at = this.path.accessStart(index); at < end; at++) {
      if (this.path.accessKind[at] !== AccessKind.Write) {
        return false;
      }
    }
    return true;
  }

  /** Plans an execution in which the step `label` comes before event `first` instead of after. */
  private reverse(first: number, label: number, footprint: number): void {
    if (this.sequenceOf !== first) {
      this.buildNotDependent(first);
    }
    const length = this.length;
    this.labels[length] = label;
    this.touched[length] = footprint;
    if (this.sleep.hasWeakInitial(first, this.labels, this.touched, length + 1)) {
      return;
    }
    for (let i = 0; i <= length; i++) {
      this.workLabels[i] = this.labels[i] as number;
      this.workTouched[i] = this.touched[i] as number;
    }
    this.trees.insert(first, this.workLabels, this.workTouched, length + 1);
  }

  /** The same, executing the step in its new place. */
  private probe({ first, second, label }: Probe): void {
    this.behind = true;
    this.undoTo(first);
    if (this.sequenceOf !== first) {
      this.buildNotDependent(first);
    }
    let before = 0;
    while (before < this.length && (this.depths[before] as number) < second) {
      before++;
    }
    if (this.advance(0, before)) {
      const inPlace = this.footprintNow(label);
      if (this.advance(before, this.length)) {
        const atEnd = this.footprintNow(label);
        if (atEnd !== null) {
          this.reverse(first, label, atEnd);
        }
        if (inPlace !== null && before < this.length) {
          this.reverseInPlace(first, before, label, inPlace, inPlace === atEnd);
        }
      }
    }
    this.undoTo(first);
  }

  private undoTo(depth: number): void {
    while (this.system.depth() > this.origin + depth) {
      this.system.undo();
    }
  }

  /**
   * Inserts the sequence in which the step stands after `before` events of notdep(first, E), and
   * those that depend on it there are left out. `same`: its footprint at the end is this one too, so
   * that nothing is new unless something must be left out.
   */
  private reverseInPlace(
    first: number,
    before: number,
    label: number,
    footprint: number,
    same: boolean,
  ): void {
    const { path, workLabels, workTouched, depths } = this;
    const omitted: number[] = [];
    let length = 0;
    for (let i = 0; i < this.length; i++) {
      if (i === before) {
        workLabels[length] = label;
        workTouched[length++] = footprint;
      }
      const depth = depths[i] as number;
      const touched = this.touched[i] as number;
      if (
        i >= before &&
        (this.footprints.conflict(touched, footprint) ||
          omitted.some((earlier) => path.happensBefore(earlier, depth)))
      ) {
        omitted.push(depth);
      } else {
        workLabels[length] = this.labels[i] as number;
        workTouched[length++] = touched;
      }
    }
    if (same && omitted.length === 0) {
      return;
    }
    if (!this.sleep.hasWeakInitial(first, workLabels, workTouched, length)) {
      this.trees.insert(first, workLabels, workTouched, length);
    }
  }

  private advance(from: number, to: number): boolean {
    for (let i = from; i < to; i++) {
      const label = this.labels[i] as number;
      if (!this.system.isEnabled(processOf(label))) {
        return false;
      }
      this.system.step(processOf(label), alternativeOf(label));
    }
    return true;
  }

  /** What a step would access in the system's present state; null when it is not possible. */
  private footprintNow(label: number): number | null {
    const { system } = this;
    const process = processOf(label);
    if (!system.isEnabled(process) || alternativeOf(label) >= system.alternatives(process)) {
      return null;
    }
    const footprint = this.footprints.of(system.step(process, alternativeOf(label)).accesses);
    system.undo();
    return footprint;
  }

  /** notdep(e, E): the events after e that do not happen after it, to the end of the execution. */
  private buildNotDependent(first: number): void {
    const { path } = this;
    const length = path.length;
    if (this.labels.length < length + 1) {
      this.labels = grown(this.labels, length + 1);
      this.touched = grown(this.touched, length + 1);
      this.depths = grown(this.depths, length + 1);
      this.workLabels = grown(this.workLabels, length + 1);
      this.workTouched = grown(this.workTouched, length + 1);
    }
    const { stride, clock, label, footprint } = path;
    const process = path.process[first] as number;
    const ordinal = path.ordinal[first] as number;
    let count = 0;
    for (let i = first + 1; i < length; i++) {
      if ((clock[i * stride + process] as number) < ordinal) {
        this.labels[count] = label[i] as number;
        this.touched[count] = footprint[i] as number;
        this.depths[count] = i;
        count++;
      }
    }
    this.length = count;
    this.sequenceOf = first;
  }
}
