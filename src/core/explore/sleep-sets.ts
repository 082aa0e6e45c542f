/**
 * Sleep sets (Godefroid 1996) of the states on the path: at each depth the branches whose every
 * execution has been explored already, with the footprints they had. The sets of all depths lie in
 * one stack, since a set is complete before that of the next depth is made.
 */

import type { CausalPath } from './causal-path.ts';
import { type Footprints, INDEPENDENT, NOT_FOUND, processOf } from './footprint.ts';
import { grown, type Ints } from './int-pool.ts';
import type { WakeupTrees } from './wakeup-tree.ts';

export class SleepSets {
  /** The branch found last. Stays the same while the path is no shorter than its depth. */
  foundSleeper = 0;
  private label: Ints = new Int32Array(256);
  private footprint: Ints = new Int32Array(256);
  private start: Ints = new Int32Array(64);
  private end: Ints = new Int32Array(64);
  private readonly footprints: Footprints;
  private readonly trees: WakeupTrees;

  /**
   * While no sequence in `trees` was cut, a branch asleep stands for what it is independent of, too: what
   * comes later and depends on it is found by a race further up, whose sequence leads there. A cut one
   * does not lead there, so that only initials count then, as for source sets.
   */
  constructor(footprints: Footprints, trees: WakeupTrees) {
    this.footprints = footprints;
    this.trees = trees;
  }

  isEmpty(depth: number): boolean {
    return this.start[depth] === this.end[depth];
  }

  includes(depth: number, label: number): boolean {
    const end = this.end[depth] as number;
    for (let i = this.start[depth] as number; i < end; i++) {
      if (this.label[i] === label) {
        return true;
      }
    }
    return false;
  }

  /** Puts a branch to sleep at a depth, which must be the deepest in use. */
  add(depth: number, label: number, footprint: number): void {
    const at = this.end[depth] as number;
    this.set(at, label, footprint);
    this.end[depth] = at + 1;
  }

  /** The set one deeper, after a step: those branches of this depth that are independent of it. */
  descend(depth: number, label: number, footprint: number): void {
    if (depth + 2 > this.start.length) {
      this.start = grown(this.start, depth + 2);
      this.end = grown(this.end, depth + 2);
    }
    const from = this.start[depth] as number;
    const to = this.end[depth] as number;
    let at = to;
    for (let i = from; i < to; i++) {
      const sleeper = this.label[i] as number;
      const touched = this.footprint[i] as number;
      if (processOf(sleeper) !== processOf(label) && !this.footprints.conflict(touched, footprint)) {
        this.set(at++, sleeper, touched);
      }
    }
    this.start[depth + 1] = to;
    this.end[depth + 1] = at;
  }

  /**
   * Looks for a branch asleep at this depth that is a weak initial of a sequence: the sequence, or
   * one that extends it, is equivalent to one that begins with that branch. Returns the position of
   * its step in the sequence, INDEPENDENT when it is independent of all of it, or NOT_FOUND.
   */
  findWeakInitial(depth: number, labels: Ints, footprints: Ints, length: number): number {
    const end = this.end[depth] as number;
    for (let s = this.start[depth] as number; s < end; s++) {
      const label = this.label[s] as number;
      const footprint = this.footprint[s] as number;
      const position = this.footprints.weakInitial(label, footprint, labels, footprints, 0, length);
      if (position >= 0 || (position !== NOT_FOUND && !this.trees.isCut)) {
        return position;
      }
    }
    return NOT_FOUND;
  }

  /**
   * The same for the sequence notdep(first, E).e' of a path, without writing it down, where e' has
   * the given label and footprint. The answer is the depth in the path of the step found, the length
   * of the path when it is e', INDEPENDENT, or NOT_FOUND. The branch is left in `foundSleeper`.
   */
  findWeakInitialOfRace(path: CausalPath, first: number, label: number, footprint: number): number {
    const end = this.end[first] as number;
    for (let s = this.start[first] as number; s < end; s++) {
      const position = this.weakInitialOfRace(path, first, first + 1, s, label, footprint);
      if (position !== NOT_FOUND) {
        this.foundSleeper = s;
        return position;
      }
    }
    return NOT_FOUND;
  }

  /** The answer for one branch, as far as it depends on the events from depth `from` on. */
  weakInitialOfRace(path: CausalPath, first: number, from: number, sleeper: number, label: number, footprint: number): number {
    const own = this.label[sleeper] as number;
    const touched = this.footprint[sleeper] as number;
    const process = processOf(own);
    const { length, stride, clock } = path;
    const labels = path.label;
    const footprints = path.footprint;
    const firstProcess = path.process[first] as number;
    const ordinal = path.ordinal[first] as number;
    for (let i = from; i < length; i++) {
      const other = labels[i] as number;
      if (
        (processOf(other) === process || this.footprints.conflict(touched, footprints[i] as number)) &&
        (clock[i * stride + firstProcess] as number) < ordinal
      ) {
        return other === own ? i : NOT_FOUND;
      }
    }
    if (label === own) {
      return length;
    }
    const isInTheWay = this.trees.isCut || processOf(label) === process || this.footprints.conflict(touched, footprint);
    return isInTheWay ? NOT_FOUND : INDEPENDENT;
  }

  /** Whether a branch depends on a step. */
  dependent(sleeper: number, label: number, footprint: number): boolean {
    return (
      processOf(this.label[sleeper] as number) === processOf(label) ||
      this.footprints.conflict(this.footprint[sleeper] as number, footprint)
    );
  }

  private set(at: number, label: number, footprint: number): void {
    if (at === this.label.length) {
      this.label = grown(this.label, at + 1);
      this.footprint = grown(this.footprint, at + 1);
    }
    this.label[at] = label;
    this.footprint[at] = footprint;
  }
}
