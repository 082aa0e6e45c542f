/**
 * Branches of the explored tree and their footprints, as small integers. A label is a process and
 * the alternative it takes. A footprint is a step touches, so that sleep sets and wake-up trees
 * can keep it per entry and test independence without objects. A step with at most one access, which
 * is nearly every step, is encoded in the integer itself; steps with several accesses (a turn of an
 * event loop) are interned. Write and Sync are the same here: both conflict with every access.
 */

import { grown, type Ints } from './int-pool.ts';
import { type Access, AccessKind, type SystemEvent } from './system.ts';

const ALTERNATIVE_SHIFT = 16;
const PROCESS_MASK = 0xffff;

/** Process and alternative as one integer: the labels of branches. At most 65,536 processes. */
export function labelOf(process: number, alternative: number): number {
  return process | (alternative << ALTERNATIVE_SHIFT);
}

export function processOf(label: number): number {
  return label & PROCESS_MASK;
}

export function alternativeOf(label: number): number {
  return label >>> ALTERNATIVE_SHIFT;
}

/** Answers of `weakInitial` besides a position. */
export const INDEPENDENT = -1;
export const NOT_FOUND = -2;

/** Footprint of a step without accesses: independent of everything but its own process. */
export const EMPTY_FOOTPRINT = 0;

/**
 * The table of the interned footprints of one search. Its size is bounded by the number of
 * different sets of accesses that a single step of the program can make, not by the number of
 * executions.
 */
export class Footprints {
  /** Interned footprints, each a sorted array of single-access codes, one per location. */
  private readonly interned: Int32Array[] = [];
  /** Bloom masks of the locations they touch, and of those they change: one bit per location modulo 32. */
  private touches: Ints = new Int32Array(64);
  private changes: Ints = new Int32Array(64);
  private readonly buckets = new Map<number, number[]>();
  private scratch: number[] = [];

  /** The footprint of an event; worked out once for an event that a system gives again and again. */
  ofEvent(event: SystemEvent): number {
    const accesses = event.accesses;
    if (accesses.length < 2) {
      return accesses.length === 0 ? EMPTY_FOOTPRINT : single(accesses[0] as Access);
    }
    const known = event.footprint;
    if (known === undefined) {
      return this.ofMany(accesses);
    }
    if (known !== null && known.table === this) {
      return known.value;
    }
    const value = this.ofMany(accesses);
    event.footprint = { table: this, value };
    return value;
  }

  /** The footprint of a step with these accesses. Non-negative iff it touches at most one location. */
  of(accesses: readonly Access[]): number {
    if (accesses.length === 0) {
      return EMPTY_FOOTPRINT;
    }
    if (accesses.length === 1) {
      const access = accesses[0] as Access;
      return single(access);
    }
    return this.ofMany(accesses);
  }

  /** Whether steps with these footprints depend on each other, by any pair of their accesses. */
  conflict(a: number, b: number): boolean {
    if ((a | b) >= 0) {
      return (a ^ b) < 2 && ((a | b) & 1) !== 0;
    }
    return this.conflictOfMany(a, b);
  }

  /**
   * Whether a branch is a weak initial of the sequence `labels[start..end)`: the position of its step
   * when everything before is independent of it, INDEPENDENT when it does not occur and is
   * independent of the whole sequence, NOT_FOUND otherwise. Steps of one process depend on each
   * other.
   */
  weakInitial(label: number, footprint: number, labels: Ints, footprints: Ints, start: number, end: number): number {
    const process = processOf(label);
    for (let i = start; i < end; i++) {
      const other = labels[i] as number;
      if (other === label) {
        return i;
      }
      if (processOf(other) === process || this.conflict(footprint, footprints[i] as number)) {
        return NOT_FOUND;
      }
    }
    return INDEPENDENT;
  }

  private ofMany(accesses: readonly Access[]): number {
    const codes = this.scratch;
    codes.length = 0;
    for (const access of accesses) {
      codes.push(single(access));
    }
    codes.sort((x, y) => x - y);
    // A location's write code is its read code plus one, so the stronger access sorts last.
    let count = 0;
    for (const code of codes) {
      if (count > 0 && (codes[count - 1] as number) >> 1 === code >> 1) {
        codes[count - 1] = code;
      } else {
        codes[count++] = code;
      }
    }
    codes.length = count;
    if (count === 1) {
      return codes[0] as number;
    }
    let hash = 17;
    let touches = 0;
    let changes = 0;
    for (const code of codes) {
      const bit = 1 << ((code >> 1) & 31);
      hash = (Math.imul(hash, 31) + code) | 0;
      touches |= bit;
      if ((code & 1) !== 0) {
        changes |= bit;
      }
    }
    let bucket = this.buckets.get(hash);
    if (bucket === undefined) {
      bucket = [];
      this.buckets.set(hash, bucket);
    }
    for (const index of bucket) {
      if (sameCodes(this.interned[index] as Int32Array, codes)) {
        return -1 - index;
      }
    }
    const index = this.interned.length;
    this.interned.push(Int32Array.from(codes));
    if (index === this.touches.length) {
      this.touches = grown(this.touches, index + 1);
      this.changes = grown(this.changes, index + 1);
    }
    this.touches[index] = touches;
    this.changes[index] = changes;
    bucket.push(index);
    return -1 - index;
  }

  private conflictOfMany(a: number, b: number): boolean {
    if (a === EMPTY_FOOTPRINT || b === EMPTY_FOOTPRINT) {
      return false;
    }
    if (a >= 0) {
      return this.conflictWithSingle(b, a);
    }
    if (b >= 0) {
      return this.conflictWithSingle(a, b);
    }
    const { touches, changes } = this;
    if ((((changes[-1 - a] as number) & (touches[-1 - b] as number)) | ((touches[-1 - a] as number) & (changes[-1 - b] as number))) === 0) {
      return false;
    }
    const left = this.interned[-1 - a] as Int32Array;
    const right = this.interned[-1 - b] as Int32Array;
    let i = 0;
    let j = 0;
    while (i < left.length && j < right.length) {
      const x = left[i] as number;
      const y = right[j] as number;
      if (x >> 1 === y >> 1) {
        if (((x | y) & 1) !== 0) {
          return true;
        }
        i++;
        j++;
      } else if (x < y) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }

  private conflictWithSingle(many: number, code: number): boolean {
    const mask = (code & 1) !== 0 ? this.touches : this.changes;
    if (((mask[-1 - many] as number) & (1 << ((code >> 1) & 31))) === 0) {
      return false;
    }
    for (const other of this.interned[-1 - many] as Int32Array) {
      if (other >> 1 === code >> 1) {
        return ((other | code) & 1) !== 0;
      }
    }
    return false;
  }
}

function single(access: Access): number {
  return (access.location << 1) + 2 + (access.kind === AccessKind.Read ? 0 : 1);
}

function sameCodes(stored: Int32Array, codes: readonly number[]): boolean {
  if (stored.length !== codes.length) {
    return false;
  }
  for (let i = 0; i < codes.length; i++) {
    if (stored[i] !== codes[i]) {
      return false;
    }
  }
  return true;
}
