/**
 * What an execution says must still be explored. For a race (e, e') of the execution E, the sequence
 * notdep(e, E).e' is inserted into the wake-up tree of pre(E, e), unless a branch asleep there is a
 * weak initial of it (Algorithm 2 of the JACM 2017 paper). The alternatives of a data choice are
 * treated as a race of the step with itself: notdep(e, E).(p, alternative).
 *
 * The paper reverses every race at the end of every execution. Most need that only once, when their
 * second event is new. A race (e, e') of a prefix that several executions share matters again if the
 * new notdep(e, E).e' is not covered by what covered the earlier ones. It surely is when that was a
 * sequence of steps of the prefix up to e' (the race is settled), or when everything new happens
 * after e. Other races are kept and reversed again. (Reversing only the races of the new suffix
 * misses traces, if rarely: `test/explore` has such programs.)
 *
 * The footprint of e' in its new place is the one it had in E when the accesses of a step do not
 * depend on what the same step reads (`System.fixedAccesses`). Otherwise e' is executed in its new
 * place to find out. It may then depend on events of notdep(e, E) of which it was independent in E,
 * so it is tried in two places: before those that came after it in E, and after all of them.
 */

import type { CausalPath } from './causal-path.ts';
import { alternativeOf, type Footprints, INDEPENDENT, labelOf, NOT_FOUND, processOf } from './footprint.ts';
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

/** A race to look at again while its events are on the path. */
interface Unsettled {
  first: number;
  second: number;
  /**
   * The sleeping branch that covers it, or NOBODY, and where in the path its step was found when the
   * race was last looked at: a depth, or INDEPENDENT of everything.
   */
  sleeper: number;
  found: number;
}

const NOBODY = -1;

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
  /** Depths of the events that `placeBeforeRest` left out. */
  private readonly omitted: number[] = [];
  /** In ascending order of `second`; a stack, reused. */
  private readonly unsettled: Unsettled[] = [];
  private unsettledCount = 0;
  /** What covered the race reversed last; see `Unsettled`. */
  private sleeper = NOBODY;
  private found = INDEPENDENT;
  /** The event for whose notdep `sleeper` and `found` hold, whatever e' is, unless e' depends on it. */
  private asleepOf = NOBODY;
  /** notdep(e, E) of `sequenceOf`, with room for e', and depths of its events in the path. */
  private labels: Ints = new Int32Array(64);
  private touched: Ints = new Int32Array(64);
  private depths: Ints = new Int32Array(64);
  private length = 0;
  private sequenceOf = -1;
  /** A sequence that insertion may destroy. */
  private workLabels: Ints = new Int32Array(64);
  private workTouched: Ints = new Int32Array(64);

  constructor(system: System, path: CausalPath, footprints: Footprints, sleep: SleepSets, trees: WakeupTrees) {
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
    this.otherAlternatives.set(depth, this.othersOf(label, alternatives));
  }

  /** Has the alternatives not taken explored from this very state. */
  branch(depth: number, label: number, alternatives: number): void {
    for (const other of this.othersOf(label, alternatives)) {
      if (!this.sleep.isEmpty(depth) && this.sleep.includes(depth, other.label)) continue;
      this.workLabels[0] = other.label;
      this.workTouched[0] = other.footprint;
      this.trees.insert(depth, this.workLabels, this.workTouched, 1, 0);
    }
  }

  private othersOf(label: number, alternatives: number): Branch[] {
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
    return others;
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
      while (this.unsettledCount > 0 && (this.unsettled[this.unsettledCount - 1] as Unsettled).second >= depth) {
        this.unsettledCount--;
      }
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
    const { path } = this;
    const length = path.length;
    this.sequenceOf = NOBODY;
    this.asleepOf = NOBODY;
    const old = this.unsettledCount;
    for (let i = 0; i < old; i++) {
      this.reconsider(this.unsettled[i] as Unsettled);
    }
    for (let second = this.checked; second < length; second++) {
      const from = path.raceStart(second);
      const end = path.raceEnd[second] as number;
      if (from < end) {
        const label = path.label[second] as number;
        const footprint = path.footprint[second] as number;
        const fixed = this.fixedAccesses || this.writesOnly(second);
        for (let race = from; race < end; race++) {
          const first = path.raceFirst[race] as number;
          if (!fixed && !path.accessesStay(first, second)) {
            this.probes.push({ first, second, label });
          } else if (!this.reverse(first, second, label, footprint)) {
            this.keepUnsettled(first, second);
          }
        }
      }
    }
    for (const operation of blocked) {
      const first = path.raceOfBlocked(operation);
      if (first >= 0) {
        const label = labelOf(operation.process, 0);
        if (this.fixedAccesses) {
          this.reverse(first, length, label, this.footprints.of(operation.accesses));
        } else {
          this.probes.push({ first, second: length, label });
        }
      }
    }
    if (this.otherAlternatives.size > 0) {
      for (const [depth, others] of this.otherAlternatives) {
        for (const other of others) {
          if (this.fixedAccesses) {
            this.reverse(depth, length, other.label, other.footprint);
          } else {
            this.probes.push({ first: depth, second: length, label: other.label });
          }
        }
      }
    }
    if (this.probes.length > 0) {
      this.probeAll(old);
    }
    this.checked = length;
  }

  private reconsider(race: Unsettled): void {
    const { path, checked } = this;
    const { first, second } = race;
    const label = path.label[second] as number;
    if (!this.fixedAccesses && !this.writesOnly(second) && !path.accessesStay(first, second)) {
      this.probes.push({ first, second, label });
      return;
    }
    const footprint = path.footprint[second] as number;
    if (race.sleeper !== NOBODY) {
      if (race.found !== INDEPENDENT && race.found < checked) {
        return;
      }
      const { sleep } = this;
      race.found = sleep.weakInitialOfRace(path, first, checked, race.sleeper, label, footprint);
      if (race.found !== NOT_FOUND) {
        return;
      }
    } else if (this.allHappensAfter(first, checked)) {
      return;
    }
    this.reverse(first, second, label, footprint);
    race.sleeper = this.sleeper;
    race.found = this.found;
  }

  private allHappensAfter(first: number, from: number): boolean {
    for (let i = this.path.length - 1; i >= from; i--) {
      if (!this.path.happensBefore(first, i)) {
        return false;
      }
    }
    return true;
  }

  private keepUnsettled(first: number, second: number): void {
    let entry = this.unsettled[this.unsettledCount];
    if (entry === undefined) {
      entry = { first: 0, second: 0, sleeper: NOBODY, found: INDEPENDENT };
      this.unsettled.push(entry);
    }
    this.unsettledCount++;
    entry.first = first;
    entry.second = second;
    entry.sleeper = this.sleeper;
    entry.found = this.found;
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

  /**
   * Plans an execution in which the step `label`, made at depth `second`, comes before the event
   * `first`. Returns whether the race is settled.
   */
  private reverse(first: number, second: number, label: number, footprint: number): boolean {
    const { path, sleep } = this;
    let found: number;
    if (first === this.asleepOf && (this.found >= 0 || !sleep.dependent(this.sleeper, label, footprint))) {
      found = this.found;
    } else {
      found = sleep.findWeakInitialOfRace(path, first, label, footprint);
      this.asleepOf = found !== NOT_FOUND && found !== path.length ? first : NOBODY;
    }
    if (found !== NOT_FOUND) {
      this.sleeper = sleep.foundSleeper;
      this.found = found;
      return found === path.length || (found >= 0 && found < second);
    }
    this.sleeper = NOBODY;
    if (this.sequenceOf !== first) {
      this.buildNotDependent(first);
    }
    const { labels, touched, workLabels, workTouched, length } = this;
    let before = 0;
    while (before < length && (this.depths[before] as number) < second) {
      workLabels[before] = labels[before] as number;
      workTouched[before] = touched[before] as number;
      before++;
    }
    // What came after e' in E is independent of it: e' may as well come first.
    workLabels[before] = label;
    workTouched[before] = footprint;
    for (let i = before; i < length; i++) {
      workLabels[i + 1] = labels[i] as number;
      workTouched[i + 1] = touched[i] as number;
    }
    return this.trees.insert(first, workLabels, workTouched, length + 1, before + 1);
  }

  /**
   * Reverses the races whose second event must be executed in its new place, and puts the unsettled
   * ones from `old` on into ascending order.
   */
  private probeAll(old: number): void {
    const { path, probes } = this;
    probes.sort((a, b) => b.first - a.first || a.second - b.second);
    for (const probe of probes) {
      this.probe(probe);
      if (probe.second >= this.checked && probe.second < path.length) {
        this.keepUnsettled(probe.first, probe.second);
      }
    }
    probes.length = 0;
    const added = this.unsettled.slice(old, this.unsettledCount);
    added.sort((a, b) => a.second - b.second);
    this.unsettled.splice(old, added.length, ...added);
  }

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
      if (inPlace !== null) {
        this.placeBeforeRest(first, before, label, inPlace);
      }
      if (before < this.length && this.advance(before, this.length)) {
        const atEnd = this.footprintNow(label);
        if (atEnd !== null && (atEnd !== inPlace || this.omitted.length > 0)) {
          this.placeAtEnd(first, label, atEnd);
        }
      }
    }
    this.undoTo(first);
  }

  /**
   * Inserts the sequence in which the step stands after `before` events of notdep(first, E); those
   * after it that depend on it there, and what depends on them, are left out.
   */
  private placeBeforeRest(first: number, before: number, label: number, footprint: number): void {
    const { path, workLabels, workTouched, depths, omitted } = this;
    omitted.length = 0;
    let length = 0;
    for (let i = 0; i <= this.length; i++) {
      if (i === before) {
        workLabels[length] = label;
        workTouched[length++] = footprint;
      }
      if (i === this.length) {
        break;
      }
      const depth = depths[i] as number;
      const touched = this.touched[i] as number;
      if (i >= before && (this.footprints.conflict(touched, footprint) || omitted.some((earlier) => path.happensBefore(earlier, depth)))) {
        omitted.push(depth);
      } else {
        workLabels[length] = this.labels[i] as number;
        workTouched[length++] = touched;
      }
    }
    this.insertUnlessAsleep(first, length);
  }

  /** Inserts the sequence in which the step comes after all of notdep(first, E). */
  private placeAtEnd(first: number, label: number, footprint: number): void {
    const { workLabels, workTouched, length } = this;
    for (let i = 0; i < length; i++) {
      workLabels[i] = this.labels[i] as number;
      workTouched[i] = this.touched[i] as number;
    }
    workLabels[length] = label;
    workTouched[length] = footprint;
    this.insertUnlessAsleep(first, length + 1);
  }

  private insertUnlessAsleep(depth: number, length: number): void {
    const { workLabels, workTouched } = this;
    if (this.sleep.findWeakInitial(depth, workLabels, workTouched, length) === NOT_FOUND) {
      this.trees.insert(depth, workLabels, workTouched, length, 0);
    }
  }

  private undoTo(depth: number): void {
    while (this.system.depth() > this.origin + depth) {
      this.system.undo();
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
