/**
 * Wake-up trees (JACM 2017, section 6): the sequences that must still be explored from a state, as
 * ordered trees. All trees of a search share one pool of nodes; a node is an integer, 0 is none.
 * Siblings are linked in the order in which they will be explored. A node keeps the footprint its
 * step had when the sequence was observed, which is what independence is tested against.
 */

import { type Footprints, NOT_FOUND } from './footprint.ts';
import { grown, type Ints } from './int-pool.ts';

export const NO_NODE = 0;

export class WakeupTrees {
  /** Per depth of the path: the first of the sequences still to be explored from there. */
  head: Ints = new Int32Array(64);
  label: Ints = new Int32Array(256);
  footprint: Ints = new Int32Array(256);
  child: Ints = new Int32Array(256);
  sibling: Ints = new Int32Array(256);
  /** Some sequence was cut. */
  isCut = false;
  private used = 1;
  private free = NO_NODE;
  private waiting = 0;
  private readonly footprints: Footprints;
  private readonly most: number;

  /** While `most` steps wait in all trees together, a sequence that is inserted is cut to its first new step. */
  constructor(footprints: Footprints, most: number) {
    this.footprints = footprints;
    this.most = most;
  }

  /** Sets the tree of a depth. */
  setHead(depth: number, node: number): void {
    if (depth === this.head.length) {
      this.head = grown(this.head, depth + 1);
    }
    this.head[depth] = node;
  }

  /**
   * Inserts the sequence `labels[0..length)` into the tree of a depth, unless a sequence of the tree
   * covers it (the function insert[E](w, B) of the paper). Destroys the arrays. Returns whether every
   * other sequence that begins with the first `prefix` steps of this one is covered now, too.
   */
  insert(depth: number, labels: Ints, footprints: Ints, length: number, prefix: number): boolean {
    let ofPrefix = prefix;
    let withinPrefix = true;
    let start = 0;
    let parent = NO_NODE;
    let list = this.head[depth] as number;
    for (;;) {
      let node = list;
      let last = NO_NODE;
      let position = NOT_FOUND;
      while (node !== NO_NODE) {
        position = this.footprints.weakInitial(
          this.label[node] as number,
          this.footprint[node] as number,
          labels,
          footprints,
          start,
          length,
        );
        if (position >= 0 || (position !== NOT_FOUND && !this.isCut)) {
          break;
        }
        last = node;
        node = this.sibling[node] as number;
      }
      if (node === NO_NODE) {
        const end = this.waiting < this.most ? length : start + 1;
        if (end < length) this.isCut = true;
        const chain = this.chain(labels, footprints, start, end);
        if (last !== NO_NODE) {
          this.sibling[last] = chain;
        } else if (parent !== NO_NODE) {
          this.child[parent] = chain;
        } else {
          this.head[depth] = chain;
        }
        return withinPrefix && length === ofPrefix;
      }
      if (position >= 0) {
        // Usually the step is the first one. What it overtakes moves up.
        for (let i = position; i > start; i--) {
          labels[i] = labels[i - 1] as number;
          footprints[i] = footprints[i - 1] as number;
        }
        start++;
      }
      if (position < 0) {
        withinPrefix = false;
      } else if (position >= ofPrefix) {
        withinPrefix = false;
        ofPrefix++;
      }
      parent = node;
      list = this.child[node] as number;
      if (list === NO_NODE) {
        return withinPrefix;
      }
      if (start === length) {
        return false;
      }
    }
  }

  /** Gives a list of siblings and everything below them back to the pool. */
  releaseList(head: number): void {
    const pending = [head];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      while (node !== NO_NODE) {
        const sibling: number = this.sibling[node] as number;
        if (this.child[node] !== NO_NODE) {
          pending.push(this.child[node] as number);
        }
        this.recycle(node);
        node = sibling;
      }
    }
  }

  /** Gives back one node whose children have been taken over. */
  recycle(node: number): void {
    this.waiting--;
    this.sibling[node] = this.free;
    this.free = node;
  }

  private chain(labels: Ints, footprints: Ints, start: number, end: number): number {
    let below = NO_NODE;
    for (let i = end - 1; i >= start; i--) {
      const node = this.allocate();
      this.label[node] = labels[i] as number;
      this.footprint[node] = footprints[i] as number;
      this.child[node] = below;
      this.sibling[node] = NO_NODE;
      below = node;
    }
    return below;
  }

  private allocate(): number {
    this.waiting++;
    const recycled = this.free;
    if (recycled !== NO_NODE) {
      this.free = this.sibling[recycled] as number;
      return recycled;
    }
    if (this.used === this.label.length) {
      const size = this.used * 2;
      this.label = grown(this.label, size);
      this.footprint = grown(this.footprint, size);
      this.child = grown(this.child, size);
      this.sibling = grown(this.sibling, size);
    }
    return this.used++;
  }
}
