/**
 * Which locations are contended, as far as executions have shown: accessed by at least two
 * processes, one of which changes it. Used by the bounded search, in passes: what is learned in one
 * pass takes effect in the next, and a pass is to be repeated when it has skipped a switch because
 * of a location that it then found contended.
 */

import type { EventLog } from './event-log.ts';
import { grown, type Ints } from './int-pool.ts';
import { type Access, AccessKind, type ProcessId } from './system.ts';

/** No pass: the location is not contended. */
export const NEVER = 0x7fffffff;

const NOBODY = -1;
const SEVERAL = -2;

export class Contention {
  /** Number of the present pass, from 1. */
  pass = 1;
  private user: Ints = new Int32Array(64).fill(NOBODY);
  private changed: Ints = new Int32Array(64);
  private effective: Ints = new Int32Array(64).fill(NEVER);
  private skippedIn: Ints = new Int32Array(64);
  private learned: number[] = [];

  /** Takes note of accesses that a process makes, or would make if it were not stuck. */
  learn(process: ProcessId, accesses: readonly Access[]): void {
    for (let i = 0; i < accesses.length; i++) {
      const { location, kind } = accesses[i] as Access;
      if (location >= this.user.length) {
        this.grow(location + 1);
      }
      const user = this.user[location] as number;
      if (user === NOBODY) {
        this.user[location] = process;
      } else if (user !== process && user !== SEVERAL) {
        this.user[location] = SEVERAL;
      }
      if (kind !== AccessKind.Read) {
        this.changed[location] = 1;
      }
      if (this.effective[location] === NEVER && this.user[location] === SEVERAL && this.changed[location] === 1) {
        this.effective[location] = this.pass + 1;
        this.learned.push(location);
      }
    }
  }

  /** The first pass in which a location of this step was contended; NEVER if that is not yet so. */
  since(log: EventLog, index: number): number {
    let since = NEVER;
    const end = log.accessEnd[index] as number;
    for (let at = log.accessStart(index); at < end; at++) {
      const pass = this.effective[log.accessLocation[at] as number] as number;
      if (pass < since) {
        since = pass;
      }
    }
    return since <= this.pass ? since : NEVER;
  }

  /** Takes note that this pass skips a switch before this step. */
  skip(log: EventLog, index: number): void {
    const end = log.accessEnd[index] as number;
    for (let at = log.accessStart(index); at < end; at++) {
      this.skippedIn[log.accessLocation[at] as number] = this.pass;
    }
  }

  /** Begins the next pass. True: the one before has to be repeated. */
  nextPass(): boolean {
    const repeat = this.learned.some((location) => this.skippedIn[location] === this.pass);
    this.learned.length = 0;
    this.pass++;
    return repeat;
  }

  private grow(size: number): void {
    this.user = grown(this.user, size, NOBODY);
    this.changed = grown(this.changed, size);
    this.effective = grown(this.effective, size, NEVER);
    this.skippedIn = grown(this.skippedIn, size);
  }
}
