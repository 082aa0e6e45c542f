/**
 * Wake-up trees (JACM 2017, section 6): the sequences that must still be explored from a state, as
 * ordered trees. All trees of a search share one pool of nodes; a node is an integer, 0 is none.
 * Siblings are linked in the order in which they will be explored. A node keeps the footprint its
 * step had when the sequence was observed, which is what independence is tested against.
 */

import type { Footprints } from './footprint.ts';
import { grown, type Ints } from './int-pool.ts';
import { processOf } from './causal-path.ts';

export const NO_NODE = 0;

export class WakeupTrees {
  /** Per depth of the path: the first of the sequences still to be explored from there. */
  head: Ints = new Int32Array(64);
  label: Ints = new Int32Array(256);
  footprint: Ints = new Int32Array(256);
  child: Ints = new Int32Array(256);
  sibling: Ints = new Int32Array(256);
  private used = 1;
  private free = NO_NODE;
  private readonly footprints: Footprints;

  constructor(footprints: Footprints) {
    this.footprints = footprints;
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
   * covers it (the function insert[E](w, B) of the paper). Destroys the arrays.
   */
  insert(depth: number, labels: Ints, footprints: Ints, length: number): void {
    this.head[depth] = this.insertBelow(this.head[depth] as number, labels, footprints, length);
  }

  private insertBelow(head: number, labels: Ints, footprints: Ints, length: number): number {
    let left = length;
    let parent = NO_NODE;
    let list = head;
    for (;;) {
      let node = list;
      let last = NO_NODE;
      let removed = -1;
      while (node !== NO_NODE) {
        removed = this.consistent(node, labels, footprints, left);
        if (removed >= -1) {
          break;
        }
        last = node;
        node = this.sibling[node] as number;
      }
      if (node === NO_NODE) {
        const chain = this.chain(labels, footprints, left);
        if (last !== NO_NODE) {
          this.sibling[last] = chain;
        } else if (parent !== NO_NODE) {
          this.child[parent] = chain;
        } else {
          return chain;
        }
        return head;
      }
      if (removed >= 0) {
        left--;
        for (let i = removed; i < left; i++) {
          labels[i] = labels[i + 1] as number;
          footprints[i] = footprints[i + 1] as number;
        }
      }
      parent = node;
      list = this.child[node] as number;
      if (list === NO_NODE || left === 0) {
        return head;
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
    this.sibling[node] = this.free;
    this.free = node;
  }

  /**
   * Whether the sequence may begin with the step of a node: the position in it of that step (it is
   * an initial), -1 when the step is independent of the whole sequence, -2 when it may not.
   */
  private consistent(node: number, labels: Ints, footprints: Ints, length: number): number {
    const label = this.label[node] as number;
    const footprint = this.footprint[node] as number;
    const process = processOf(label);
    for (let i = 0; i < length; i++) {
      const other = labels[i] as number;
      if (other === label) {
        return i;
      }
      if (
        processOf(other) === process ||
        this.footprints.conflict(footprint, footprints[i] as number)
      ) {
        return -2;
      }
    }
    return -1;
  }

  private chain(labels: Ints, footprints: Ints, length: number): number {
    let below = NO_NODE;
    for (let i = length - 1; i >= 0; i--) {
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
