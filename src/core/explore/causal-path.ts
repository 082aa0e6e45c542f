/**
 * The path of a DPOR search with its happens-before relation: a vector clock per event, the history
 * of each location, and per event the reversible races in which it is the second. All of it is
 * computed as a step is pushed and taken back as it is popped, so that steps of a shared prefix are
 * never looked at again.
 *
 * Happens-before is the usual one: program order, spawn before the first step of the child, last
 * step of a process before the step that joins it, and conflicting accesses in the order in which
 * they were made. A race (e, e') is a pair of conflicting events of different processes with nothing
 * in between (JACM 2017, section 3). Where e' needed a condition of a synchronisation object that
 * did not hold before e (a lock taken after the release it waited for), that race cannot be
 * reversed; the event that e' could have come before is further back in the object's history (the
 * other process's acquire). See `raceOfBlocking`.
 */

import { EventLog } from './event-log.ts';
import { type Footprints, labelOf } from './footprint.ts';
import { grown, type Ints } from './int-pool.ts';
import { type Access, AccessKind, type BlockedOperation, NO_LOCATION, type SystemEvent } from './system.ts';

const NONE = -1;
const UNKNOWN = -2;

export class CausalPath extends EventLog {
  /** Process and alternative in one integer, see `labelOf`. */
  label: Ints = new Int32Array(64);
  footprint: Ints = new Int32Array(64);
  /** `SystemEvent.decidedBy`; UNKNOWN where it is absent. */
  decidedBy: Ints = new Int32Array(64);
  /** Position of the event among the events of its process, from 1. */
  ordinal: Ints = new Int32Array(64);
  /** Row `i` (of `stride` entries): per process, how many of its events happen before or are `i`. */
  clock: Ints;
  stride: number;
  /** End (exclusive) of each event's entries in `raceFirst`. */
  raceEnd: Ints = new Int32Array(64);
  /** First events of races; the second is the event that owns the entry. */
  raceFirst: Ints = new Int32Array(64);

  private raceCount = 0;
  private previousOfProcess: Ints = new Int32Array(64).fill(NONE);
  private lastOfProcess: Ints;
  private birth: Ints;
  /** Per location, an index into the access pools: last Write or Sync, last Read after that. */
  private lastChange: Ints = new Int32Array(64).fill(NONE);
  private lastRead: Ints = new Int32Array(64).fill(NONE);
  /** Per access: its event, and the heads of its location's history before it. */
  private accessEvent: Ints = new Int32Array(64);
  private changeBefore: Ints = new Int32Array(64);
  private readBefore: Ints = new Int32Array(64);
  private readonly footprints: Footprints;
  private base: Ints;
  private readonly candidates: number[] = [];

  constructor(footprints: Footprints, processes: number) {
    super();
    this.footprints = footprints;
    this.stride = Math.max(4, processes);
    this.clock = new Int32Array(64 * this.stride);
    this.lastOfProcess = new Int32Array(this.stride).fill(NONE);
    this.birth = new Int32Array(this.stride).fill(NONE);
    this.base = new Int32Array(this.stride);
  }

  raceStart(index: number): number {
    return index === 0 ? 0 : (this.raceEnd[index - 1] as number);
  }

  /** Whether event `first` happens before event `second`, or is it. */
  happensBefore(first: number, second: number): boolean {
    const process = this.process[first] as number;
    return (this.clock[second * this.stride + process] as number) >= (this.ordinal[first] as number);
  }

  /** Appends an executed event: its clock, its races, and its place in the histories. */
  push(event: SystemEvent): void {
    const index = this.length;
    const process = event.process;
    if (process >= this.stride) {
      this.growProcesses(process + 1);
    }
    const firstAccess = this.accessCount;
    this.append(event);
    const { clock, stride } = this;
    const row = index * stride;

    const previous = this.lastOfProcess[process] as number;
    const origin = previous !== NONE ? previous : (this.birth[process] as number);
    if (origin === NONE) {
      for (let i = 0; i < stride; i++) {
        clock[row + i] = 0;
      }
    } else {
      const from = origin * stride;
      for (let i = 0; i < stride; i++) {
        clock[row + i] = clock[from + i] as number;
      }
    }
    this.ordinal[index] = previous === NONE ? 1 : (this.ordinal[previous] as number) + 1;
    this.previousOfProcess[index] = previous;
    this.lastOfProcess[process] = index;
    this.label[index] = labelOf(process, event.alternative);
    this.decidedBy[index] = event.decidedBy ?? UNKNOWN;

    const joined = event.joined;
    for (let i = 0; i < joined.length; i++) {
      const target = joined[i] as number;
      const last = target < stride ? this.endOf(target) : NONE;
      if (last !== NONE) {
        this.join(row, last);
      }
    }

    const accesses = event.accesses;
    if (accesses.length === 1) {
      const access = accesses[0] as Access;
      this.footprint[index] = this.footprints.ofEvent(event);
      this.pushSingle(access, firstAccess, index, row);
    } else if (accesses.length === 0) {
      this.footprint[index] = 0;
    } else {
      this.footprint[index] = this.footprints.ofEvent(event);
      this.pushMany(accesses, firstAccess, index, row);
    }
    this.clock[row + process] = this.ordinal[index] as number;
    this.raceEnd[index] = this.raceCount;

    const spawned = event.spawned;
    for (let i = 0; i < spawned.length; i++) {
      const child = spawned[i] as number;
      if (child >= this.stride) {
        this.growProcesses(child + 1);
      }
      this.birth[child] = index;
    }
  }

  /** Whether event `second` makes the same accesses when `first` and what depends on it are left out. */
  accessesStay(first: number, second: number): boolean {
    const location = this.decidedBy[second] as number;
    if (location < 0) {
      return location === NO_LOCATION;
    }
    let change = location < this.lastChange.length ? (this.lastChange[location] as number) : NONE;
    while (change !== NONE && (this.accessEvent[change] as number) > second) {
      change = this.changeBefore[change] as number;
    }
    return change === NONE || (this.accessEvent[change] as number) < first;
  }

  /** Takes back the last event. */
  pop(): void {
    const index = this.length - 1;
    for (let at = (this.accessEnd[index] as number) - 1; at >= this.accessStart(index); at--) {
      const location = this.accessLocation[at] as number;
      this.lastRead[location] = this.readBefore[at] as number;
      if (this.accessKind[at] !== AccessKind.Read) {
        this.lastChange[location] = this.changeBefore[at] as number;
      }
    }
    for (let at = this.spawnStart(index); at < (this.spawnEnd[index] as number); at++) {
      this.birth[this.spawned[at] as number] = NONE;
    }
    this.lastOfProcess[this.process[index] as number] = this.previousOfProcess[index] as number;
    this.raceCount = this.raceStart(index);
    this.removeLast();
  }

  /**
   * The event before which a stuck operation could have been executed instead, or -1: the lock-fail
   * race of an execution that has ended.
   */
  raceOfBlocked(blocked: BlockedOperation): number {
    if (blocked.process >= this.stride) {
      this.growProcesses(blocked.process + 1);
    }
    const origin = this.endOf(blocked.process);
    if (origin === NONE) {
      this.base.fill(0);
    } else {
      this.base.set(this.clock.subarray(origin * this.stride, (origin + 1) * this.stride));
    }
    for (const access of blocked.accesses) {
      if (access.kind === AccessKind.Sync && access.needs !== 0) {
        return this.raceOfBlocking(access, false);
      }
    }
    return NONE;
  }

  /** The last event of a process, or the one that spawned it, or NONE. */
  private endOf(process: number): number {
    const last = this.lastOfProcess[process] as number;
    return last !== NONE ? last : (this.birth[process] as number);
  }

  /** The usual case, a step with one access. Candidates come latest first of their own accord. */
  private pushSingle(access: Access, at: number, index: number, row: number): void {
    const { clock, process, ordinal, accessEvent } = this;
    const location = access.location;
    if (location >= this.lastChange.length) {
      this.growLocations(location + 1);
    }
    const change = this.lastChange[location] as number;
    const read = this.lastRead[location] as number;
    accessEvent[at] = index;
    this.changeBefore[at] = change;
    this.readBefore[at] = read;
    if (access.kind === AccessKind.Read) {
      this.lastRead[location] = at;
      if (change !== NONE) {
        const first = accessEvent[change] as number;
        if ((clock[row + (process[first] as number)] as number) < (ordinal[first] as number)) {
          this.addRace(first);
          this.join(row, first);
        }
      }
      return;
    }
    this.lastChange[location] = at;
    this.lastRead[location] = NONE;
    for (let reader = read; reader !== NONE; reader = this.readBefore[reader] as number) {
      const first = accessEvent[reader] as number;
      if ((clock[row + (process[first] as number)] as number) < (ordinal[first] as number)) {
        this.addRace(first);
        this.join(row, first);
      }
    }
    if (change === NONE) {
      return;
    }
    const nearest = accessEvent[change] as number;
    if ((clock[row + (process[nearest] as number)] as number) >= (ordinal[nearest] as number)) {
      return;
    }
    // No read came in between, so the row still holds what happens before the step by itself.
    const needs = access.needs;
    let possible = true;
    let walk = change;
    while (walk !== NONE) {
      const first = accessEvent[walk] as number;
      if ((clock[row + (process[first] as number)] as number) >= (ordinal[first] as number)) {
        break;
      }
      walk = this.firstOfEvent(walk);
      if (needs !== 0 && this.accessKind[walk] === AccessKind.Sync) {
        possible = ((this.accessHeld[walk] as number) & needs) === needs;
      }
      if (possible) {
        this.addRace(first);
        break;
      }
      walk = this.changeBefore[walk] as number;
    }
    this.join(row, nearest);
  }

  /** A step with several accesses: gathers the candidates of all of them first. */
  private pushMany(accesses: readonly Access[], firstAccess: number, index: number, row: number): void {
    const { accessEvent, candidates } = this;
    let waiting: Access | null = null;
    let count = 0;
    for (let i = 0; i < accesses.length; i++) {
      const access = accesses[i] as Access;
      const location = access.location;
      if (location >= this.lastChange.length) {
        this.growLocations(location + 1);
      }
      if (access.kind === AccessKind.Sync && access.needs !== 0) {
        waiting = access;
      }
      if (access.kind !== AccessKind.Read) {
        let reader = this.lastRead[location] as number;
        for (; reader !== NONE; reader = this.readBefore[reader] as number) {
          candidates[count++] = accessEvent[reader] as number;
        }
      }
      const change = this.lastChange[location] as number;
      if (change !== NONE) {
        candidates[count++] = accessEvent[change] as number;
      }
    }
    const raceStart = this.raceCount;
    if (waiting !== null) {
      this.base.set(this.clock.subarray(row, row + this.stride));
      const first = this.raceOfBlocking(waiting, true);
      if (first !== NONE) {
        this.addRace(first);
      }
    }
    latestFirst(candidates, count);
    for (let i = 0; i < count; i++) {
      const first = candidates[i] as number;
      const process = this.process[first] as number;
      if ((this.clock[row + process] as number) < (this.ordinal[first] as number)) {
        if (waiting === null || this.enabledBefore(first, waiting)) {
          this.addRace(first, raceStart);
        }
        this.join(row, first);
      }
    }
    for (let i = 0; i < accesses.length; i++) {
      const at = firstAccess + i;
      const location = this.accessLocation[at] as number;
      accessEvent[at] = index;
      this.changeBefore[at] = this.lastChange[location] as number;
      this.readBefore[at] = this.lastRead[location] as number;
      if (this.accessKind[at] === AccessKind.Read) {
        this.lastRead[location] = at;
      } else {
        this.lastChange[location] = at;
        this.lastRead[location] = NONE;
      }
    }
  }

  /**
   * For an operation e' that needs conditions of `access.location`: the latest event e of the
   * location's history, going back from its end, before which e' could have been executed instead,
   * if between e and e' it could not (otherwise NONE: e is an ordinary race then). Stops at an event
   * that happens before e' whatever the location's order is, that is by `base`, the clock of e'
   * without its accesses. An execution in which e' takes the place of e exists, because every later
   * event of the history happens after e and is left out of notdep(e).
   *
   * The nearest such event is enough: reversing it leads to executions in which e' races with the
   * ones before.
   */
  private raceOfBlocking(access: Access, executed: boolean): number {
    const needs = access.needs;
    if (access.location >= this.lastChange.length) {
      this.growLocations(access.location + 1);
    }
    let walk = this.lastChange[access.location] as number;
    let passed = !executed;
    while (walk !== NONE) {
      const first = this.accessEvent[walk] as number;
      if ((this.base[this.process[first] as number] as number) >= (this.ordinal[first] as number)) {
        return NONE;
      }
      walk = this.firstOfEvent(walk);
      if (this.accessKind[walk] === AccessKind.Sync) {
        if (((this.accessHeld[walk] as number) & needs) !== needs) {
          passed = true;
        } else {
          return passed ? first : NONE;
        }
      }
      walk = this.changeBefore[walk] as number;
    }
    return NONE;
  }

  /** Whether an operation with this access is enabled after pre(first).notdep(first). */
  private enabledBefore(first: number, access: Access): boolean {
    let walk = this.lastChange[access.location] as number;
    let possible = true;
    while (walk !== NONE && this.happensBefore(first, this.accessEvent[walk] as number)) {
      walk = this.firstOfEvent(walk);
      if (this.accessKind[walk] === AccessKind.Sync) {
        possible = ((this.accessHeld[walk] as number) & access.needs) === access.needs;
      }
      walk = this.changeBefore[walk] as number;
    }
    return possible;
  }

  /** The first Write or Sync of the same event on the same location as access `at`. */
  private firstOfEvent(at: number): number {
    let first = at;
    for (;;) {
      const before = this.changeBefore[first] as number;
      if (before === NONE || this.accessEvent[before] !== this.accessEvent[at]) {
        return first;
      }
      first = before;
    }
  }

  private join(row: number, event: number): void {
    const { clock, stride } = this;
    const from = event * stride;
    for (let i = 0; i < stride; i++) {
      const other = clock[from + i] as number;
      if (other > (clock[row + i] as number)) {
        clock[row + i] = other;
      }
    }
  }

  /** Records a race with the event being pushed; once only from `unlessSince` on, if given. */
  private addRace(first: number, unlessSince?: number): void {
    if (unlessSince !== undefined) {
      for (let i = unlessSince; i < this.raceCount; i++) {
        if (this.raceFirst[i] === first) {
          return;
        }
      }
    }
    if (this.raceCount === this.raceFirst.length) {
      this.raceFirst = grown(this.raceFirst, this.raceCount + 1);
    }
    this.raceFirst[this.raceCount++] = first;
  }

  protected override growEvents(): void {
    super.growEvents();
    const size = this.process.length;
    this.label = grown(this.label, size);
    this.footprint = grown(this.footprint, size);
    this.decidedBy = grown(this.decidedBy, size);
    this.ordinal = grown(this.ordinal, size);
    this.raceEnd = grown(this.raceEnd, size);
    this.previousOfProcess = grown(this.previousOfProcess, size);
    this.clock = grown(this.clock, size * this.stride);
  }

  protected override growAccesses(): void {
    super.growAccesses();
    const size = this.accessLocation.length;
    this.accessEvent = grown(this.accessEvent, size);
    this.changeBefore = grown(this.changeBefore, size);
    this.readBefore = grown(this.readBefore, size);
  }

  private growLocations(size: number): void {
    this.lastChange = grown(this.lastChange, size, NONE);
    this.lastRead = grown(this.lastRead, size, NONE);
  }

  private growProcesses(size: number): void {
    const old = this.stride;
    const stride = Math.max(size + 1, old + (old >> 2));
    const clock = new Int32Array(this.process.length * stride);
    // The event being pushed may be among them already; its row is filled in afterwards.
    for (let i = 0; i < this.length; i++) {
      clock.set(this.clock.subarray(i * old, (i + 1) * old), i * stride);
    }
    this.clock = clock;
    this.lastOfProcess = grown(this.lastOfProcess, stride, NONE);
    this.birth = grown(this.birth, stride, NONE);
    this.base = new Int32Array(stride);
    this.stride = stride;
  }
}

/** Sorts the first `count` entries, mostly none or two, in descending order. */
function latestFirst(entries: number[], count: number): void {
  for (let i = 1; i < count; i++) {
    const entry = entries[i] as number;
    let at = i;
    for (; at > 0 && (entries[at - 1] as number) < entry; at--) {
      entries[at] = entries[at - 1] as number;
    }
    entries[at] = entry;
  }
}
