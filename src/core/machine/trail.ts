/**
 * The undo trail: every mutation of machine state is recorded as four consecutive entries (kind and
 * three operands) and taken back in reverse order. This is what makes backtracking cheap: a search
 * never re-runs a prefix.
 */
import type { Frame } from './frame.ts';

const enum Kind {
  Field,
  MapSet,
  MapAdd,
  Push,
  Splice,
  Frame,
  ArraySet,
  SetAdd,
}

type Fields = Record<string, unknown>;

interface FrameState {
  pc: number;
  registers: Frame['registers'];
  epoch: number;
  caller: Frame | null;
  returnRegister: number;
  mode: number;
  loopCounts: number[] | null;
  after: Frame['after'];
  afterData: Frame['afterData'];
  thisValue: Frame['thisValue'];
}

export class Trail {
  private entries: unknown[] = [];

  /** Position to give to `undoTo`. */
  mark(): number {
    return this.entries.length;
  }

  /** Makes the present state the one nothing is undone before. */
  forget(): void {
    this.entries.length = 0;
  }

  /** Sets a field of any host object. */
  set<T extends object, K extends keyof T>(object: T, field: K, value: T[K]): void {
    this.entries.push(Kind.Field, object, field, object[field]);
    object[field] = value;
  }

  arraySet<T>(array: T[], index: number, value: T): void {
    this.entries.push(Kind.ArraySet, array, index, array[index]);
    array[index] = value;
  }

  push<T>(array: T[], value: T): void {
    this.entries.push(Kind.Push, array, 0, 0);
    array.push(value);
  }

  /** Removes `count` items at `start` and inserts others; returns the removed ones. */
  splice<T>(array: T[], start: number, count: number, items: readonly T[]): T[] {
    const removed = array.splice(start, count, ...items);
    this.entries.push(Kind.Splice, array, start, { removed, added: items.length });
    return removed;
  }

  mapSet<K, V>(map: Map<K, V>, key: K, value: V): void {
    if (map.has(key)) this.entries.push(Kind.MapSet, map, key, map.get(key));
    else this.entries.push(Kind.MapAdd, map, key, 0);
    map.set(key, value);
  }

  setAdd<T>(set: Set<T>, value: T): void {
    if (set.has(value)) return;
    this.entries.push(Kind.SetAdd, set, value, 0);
    set.add(value);
  }

  frame(frame: Frame): void {
    const state: FrameState = {
      pc: frame.pc,
      registers: frame.registers.slice(),
      epoch: frame.epoch,
      caller: frame.caller,
      returnRegister: frame.returnRegister,
      mode: frame.mode,
      loopCounts: frame.loopCounts ? frame.loopCounts.slice() : null,
      after: frame.after,
      afterData: frame.afterData,
      thisValue: frame.thisValue,
    };
    this.entries.push(Kind.Frame, frame, state, 0);
  }

  undoTo(mark: number): void {
    const entries = this.entries;
    let i = entries.length;
    while (i > mark) {
      i -= 4;
      const object = entries[i + 1];
      const b = entries[i + 2];
      const c = entries[i + 3];
      switch (entries[i] as Kind) {
        case Kind.Field:
        case Kind.ArraySet:
          (object as Fields)[b as string] = c;
          break;
        case Kind.MapSet:
          (object as Map<unknown, unknown>).set(b, c);
          break;
        case Kind.MapAdd:
          (object as Map<unknown, unknown>).delete(b);
          break;
        case Kind.SetAdd:
          (object as Set<unknown>).delete(b);
          break;
        case Kind.Push:
          (object as unknown[]).pop();
          break;
        case Kind.Splice: {
          const { removed, added } = c as { removed: unknown[]; added: number };
          (object as unknown[]).splice(b as number, added, ...removed);
          break;
        }
        case Kind.Frame: {
          const frame = object as Frame;
          const s = b as FrameState;
          frame.pc = s.pc;
          frame.registers = s.registers;
          frame.epoch = s.epoch;
          frame.caller = s.caller;
          frame.returnRegister = s.returnRegister;
          frame.mode = s.mode;
          frame.loopCounts = s.loopCounts;
          frame.thisValue = s.thisValue;
          frame.after = s.after;
          frame.afterData = s.afterData;
          break;
        }
      }
    }
    entries.length = mark;
  }
}
