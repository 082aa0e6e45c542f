/**
 * The steps of the path a search is on, kept flat: process, alternative, accesses, and the processes
 * spawned and joined. Systems may reuse the event they return, so what must outlive the next step is
 * copied here, without allocating. It is also what observers see of an execution (`Execution`).
 */

import { grown, type Ints } from './int-pool.ts';
import type { Access, AccessKind, ProcessId, SystemEvent } from './system.ts';

/** One decision: who moves, and the alternative it takes (0 without a data choice). */
export interface Choice {
  process: ProcessId;
  alternative: number;
}

/** An execution as an observer sees it. Valid only during the call; `choices` and `event` copy. */
export interface Execution {
  /** Number of steps. */
  readonly length: number;
  processAt(index: number): ProcessId;
  alternativeAt(index: number): number;
  /** A copy of the event at a position. */
  eventAt(index: number): SystemEvent;
  /** The whole execution as decisions, from which `Replay` makes it again. */
  choices(): Choice[];
}

export class EventLog implements Execution {
  length = 0;
  process: Ints = new Int32Array(64);
  alternative: Ints = new Int32Array(64);
  /** Ends (exclusive) of each event's entries in the pools below; they begin where the last ended. */
  accessEnd: Ints = new Int32Array(64);
  spawnEnd: Ints = new Int32Array(64);
  joinEnd: Ints = new Int32Array(64);

  accessLocation: Ints = new Int32Array(64);
  accessKind: Ints = new Int32Array(64);
  accessNeeds: Ints = new Int32Array(64);
  accessHeld: Ints = new Int32Array(64);
  protected accessCount = 0;
  spawned: Ints = new Int32Array(16);
  protected spawnCount = 0;
  joined: Ints = new Int32Array(16);
  protected joinCount = 0;

  /** Appends a copy of an event. */
  append(event: SystemEvent): void {
    const index = this.length;
    if (index === this.process.length) {
      this.growEvents();
    }
    this.length = index + 1;
    this.process[index] = event.process;
    this.alternative[index] = event.alternative;
    const accesses = event.accesses;
    for (let i = 0; i < accesses.length; i++) {
      const access = accesses[i] as Access;
      const at = this.accessCount++;
      if (at === this.accessLocation.length) {
        this.growAccesses();
      }
      this.accessLocation[at] = access.location;
      this.accessKind[at] = access.kind;
      this.accessNeeds[at] = access.needs;
      this.accessHeld[at] = access.held;
    }
    this.accessEnd[index] = this.accessCount;
    const spawned = event.spawned;
    for (let i = 0; i < spawned.length; i++) {
      if (this.spawnCount === this.spawned.length) {
        this.spawned = grown(this.spawned, this.spawnCount + 1);
      }
      this.spawned[this.spawnCount++] = spawned[i] as number;
    }
    this.spawnEnd[index] = this.spawnCount;
    const joined = event.joined;
    for (let i = 0; i < joined.length; i++) {
      if (this.joinCount === this.joined.length) {
        this.joined = grown(this.joined, this.joinCount + 1);
      }
      this.joined[this.joinCount++] = joined[i] as number;
    }
    this.joinEnd[index] = this.joinCount;
  }

  /** Removes the last event. */
  removeLast(): void {
    const index = --this.length;
    if (index === 0) {
      this.accessCount = 0;
      this.spawnCount = 0;
      this.joinCount = 0;
    } else {
      this.accessCount = this.accessEnd[index - 1] as number;
      this.spawnCount = this.spawnEnd[index - 1] as number;
      this.joinCount = this.joinEnd[index - 1] as number;
    }
  }

  accessStart(index: number): number {
    return index === 0 ? 0 : (this.accessEnd[index - 1] as number);
  }

  spawnStart(index: number): number {
    return index === 0 ? 0 : (this.spawnEnd[index - 1] as number);
  }

  joinStart(index: number): number {
    return index === 0 ? 0 : (this.joinEnd[index - 1] as number);
  }

  processAt(index: number): ProcessId {
    this.check(index);
    return this.process[index] as number;
  }

  alternativeAt(index: number): number {
    this.check(index);
    return this.alternative[index] as number;
  }

  eventAt(index: number): SystemEvent {
    this.check(index);
    const accesses: Access[] = [];
    for (let at = this.accessStart(index); at < (this.accessEnd[index] as number); at++) {
      accesses.push({
        location: this.accessLocation[at] as number,
        kind: this.accessKind[at] as AccessKind,
        needs: this.accessNeeds[at] as number,
        held: this.accessHeld[at] as number,
      });
    }
    return {
      process: this.process[index] as number,
      alternative: this.alternative[index] as number,
      accesses,
      spawned: Array.from(this.spawned.subarray(this.spawnStart(index), this.spawnEnd[index])),
      joined: Array.from(this.joined.subarray(this.joinStart(index), this.joinEnd[index])),
    };
  }

  choices(): Choice[] {
    const choices: Choice[] = [];
    for (let i = 0; i < this.length; i++) {
      choices.push({
        process: this.process[i] as number,
        alternative: this.alternative[i] as number,
      });
    }
    return choices;
  }

  protected growEvents(): void {
    const size = this.process.length * 2;
    this.process = grown(this.process, size);
    this.alternative = grown(this.alternative, size);
    this.accessEnd = grown(this.accessEnd, size);
    this.spawnEnd = grown(this.spawnEnd, size);
    this.joinEnd = grown(this.joinEnd, size);
  }

  protected growAccesses(): void {
    const size = this.accessLocation.length * 2;
    this.accessLocation = grown(this.accessLocation, size);
    this.accessKind = grown(this.accessKind, size);
    this.accessNeeds = grown(this.accessNeeds, size);
    this.accessHeld = grown(this.accessHeld, size);
  }

  private check(index: number): void {
    if (!(index >= 0 && index < this.length)) {
      throw new RangeError(`no step ${index} in an execution of ${this.length} steps`);
    }
  }
}
