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

/** What one step changed, as entries whose last operand is the new value: it can be done again. */
export type Changes = readonly unknown[];

/** Never the number of a step: a frame or fiber put back by `redo` is saved before it changes. */
const NO_EPOCH = -3;

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
    this.entries.push(Kind.Push, array, 0, value);
    array.push(value);
  }

  /** Removes `count` items at `start` and inserts others; returns the removed ones. */
  splice<T>(array: T[], start: number, count: number, items: readonly T[]): T[] {
    const removed = array.splice(start, count, ...items);
    this.entries.push(Kind.Splice, array, start, { removed, count, added: items.slice() });
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

  /** Saves a frame before it changes. What is saved is the arrays themselves; the frame goes on with copies. */
  frame(frame: Frame): void {
    this.entries.push(Kind.Frame, frame, stateOf(frame), 0);
    frame.registers = frame.registers.slice();
    if (frame.loopCounts) frame.loopCounts = frame.loopCounts.slice();
  }

  /**
   * What was changed since `mark`, to be done again by `redo`. `onForeign` hears of each changed field of
   * an object for which `owns` does not hold. To be called at the end of a step: what it saves of frames
   * is only copied on the next change.
   */
  changesSince(mark: number, owns: (object: object) => boolean, onForeign: (object: object, field: string, now: unknown) => void): Changes {
    const { entries } = this;
    const changes: unknown[] = [];
    for (let i = mark; i < entries.length; i += 4) {
      const kind = entries[i] as Kind;
      const object = entries[i + 1] as object;
      const at = kind === Kind.Frame ? 0 : entries[i + 2];
      let value: unknown = entries[i + 3];
      if (kind === Kind.Field) {
        const now = (object as Fields)[at as string];
        if (!owns(object)) onForeign(object, at as string, now);
        if (at !== 'epoch' && now === value) continue;
        value = at === 'epoch' ? NO_EPOCH : now;
      } else if (kind === Kind.ArraySet) value = (object as Fields)[at as string];
      else if (kind === Kind.MapSet || kind === Kind.MapAdd) value = (object as Map<unknown, unknown>).get(at);
      else if (kind === Kind.Frame) value = { ...stateOf(object as Frame), epoch: NO_EPOCH };
      changes.push(kind, object, at, value);
    }
    return changes;
  }

  /** Makes changes again, in a state that has what they depend on as it was. */
  redo(changes: Changes): void {
    for (let i = 0; i < changes.length; i += 4) {
      const object = changes[i + 1] as object;
      const at = changes[i + 2];
      const value = changes[i + 3];
      switch (changes[i] as Kind) {
        case Kind.Field:
        case Kind.ArraySet:
          this.entries.push(changes[i], object, at, (object as Fields)[at as string]);
          (object as Fields)[at as string] = value;
          break;
        case Kind.MapSet:
        case Kind.MapAdd:
          this.mapSet(object as Map<unknown, unknown>, at, value);
          break;
        case Kind.SetAdd:
          this.setAdd(object as Set<unknown>, at);
          break;
        case Kind.Push:
          this.push(object as unknown[], value);
          break;
        case Kind.Splice: {
          const { count, added } = value as { count: number; added: unknown[] };
          this.splice(object as unknown[], at as number, count, added);
          break;
        }
        case Kind.Frame:
          this.entries.push(Kind.Frame, object, stateOf(object as Frame), 0);
          putBack(object as Frame, value as FrameState);
          break;
      }
    }
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
          const { removed, added } = c as { removed: unknown[]; added: unknown[] };
          (object as unknown[]).splice(b as number, added.length, ...removed);
          break;
        }
        case Kind.Frame:
          putBack(object as Frame, b as FrameState);
          break;
      }
    }
    entries.length = mark;
  }
}

function stateOf(frame: Frame): FrameState {
  return {
    pc: frame.pc,
    registers: frame.registers,
    epoch: frame.epoch,
    caller: frame.caller,
    returnRegister: frame.returnRegister,
    mode: frame.mode,
    loopCounts: frame.loopCounts,
    after: frame.after,
    afterData: frame.afterData,
    thisValue: frame.thisValue,
  };
}

function putBack(frame: Frame, state: FrameState): void {
  frame.pc = state.pc;
  frame.registers = state.registers;
  frame.epoch = state.epoch;
  frame.caller = state.caller;
  frame.returnRegister = state.returnRegister;
  frame.mode = state.mode;
  frame.loopCounts = state.loopCounts;
  frame.thisValue = state.thisValue;
  frame.after = state.after;
  frame.afterData = state.afterData;
}

/** Whether two steps made from one state changed the same, apart from registers that are no longer used. */
export function sameChanges(a: Changes, b: Changes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 4) {
    if (a[i] !== b[i] || a[i + 1] !== b[i + 1] || a[i + 2] !== b[i + 2]) return false;
    if (a[i] === Kind.Frame) {
      if (!sameFrame(a[i + 1] as Frame, a[i + 3] as FrameState, b[i + 3] as FrameState)) return false;
    } else if (!Object.is(a[i + 3], b[i + 3])) return false;
  }
  return true;
}

function sameFrame(frame: Frame, a: FrameState, b: FrameState): boolean {
  if (
    a.pc !== b.pc ||
    a.caller !== b.caller ||
    a.returnRegister !== b.returnRegister ||
    a.mode !== b.mode ||
    a.after !== b.after ||
    a.afterData !== b.afterData ||
    a.thisValue !== b.thisValue
  )
    return false;
  const live = frame.code.instructions[a.pc]?.live ?? frame.code.registerCount;
  for (let r = 0; r < live; r++) if (!Object.is(a.registers[r], b.registers[r])) return false;
  const counts = Math.max(a.loopCounts?.length ?? 0, b.loopCounts?.length ?? 0);
  for (let l = 0; l < counts; l++) if (a.loopCounts?.[l] !== b.loopCounts?.[l]) return false;
  return true;
}
