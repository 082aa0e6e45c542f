/**
 * Failures that serial orders have too. One that ends some serial orders and spares others needs no
 * interference to happen, only an order the program does not enforce: an order violation (Lu, Park,
 * Seo, Zhou: Learning from mistakes, ASPLOS 2008). One that ends every order is a plain bug. Orders
 * are compared under the same answers to data choices, so that what depends on an answer is never
 * taken for what depends on the order.
 */
import type { MachineEvent } from '../machine/system.ts';

export type OrderKind = 'order-violation' | 'every-order';

/** What became of the executions that had the same answers to their data choices. */
interface Tally {
  serialFailed: boolean;
  serialPassed: boolean;
  failed: boolean;
  passed: boolean;
}

export class Orders {
  private readonly tallies = new Map<string, Tally>();

  note(path: readonly MachineEvent[], isSerial: boolean, fails: boolean): void {
    const tally = this.tallyOf(path);
    if (isSerial && fails) tally.serialFailed = true;
    else if (isSerial) tally.serialPassed = true;
    else if (fails) tally.failed = true;
    else tally.passed = true;
  }

  /**
   * What a failure of this execution is, given that serial orders have it too. Null: nothing is known
   * of other orders with its answers.
   */
  kindOf(path: readonly Pick<MachineEvent, 'process' | 'alternative'>[]): OrderKind | null {
    const tally = this.tallies.get(answersOf(path));
    if (tally?.serialFailed !== true) return null;
    // In an event loop the serial order that passes may be one that the real loop never has.
    return tally.serialPassed && tally.passed ? 'order-violation' : 'every-order';
  }

  private tallyOf(path: readonly MachineEvent[]): Tally {
    const key = answersOf(path);
    let tally = this.tallies.get(key);
    if (!tally) this.tallies.set(key, (tally = { serialFailed: false, serialPassed: false, failed: false, passed: false }));
    return tally;
  }
}

/** The answers to the data choices of an execution, whatever order the processes asked in. */
export function answersOf(path: readonly Pick<MachineEvent, 'process' | 'alternative'>[]): string {
  const answers: string[] = [];
  for (const e of path) if (e.alternative > 0) answers.push(`${e.process}:${e.alternative}`);
  return answers.sort().join(' ');
}
