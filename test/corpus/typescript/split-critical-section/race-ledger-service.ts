// race: split-critical-section check=13 act=17
import { Mutex } from 'async-mutex';

export class Ledger {
  private readonly mutex = new Mutex();
  private balance = 100;

  constructor(private readonly bank: { approve(n: number): Promise<boolean> }) {}

  async withdraw(n: number): Promise<boolean> {
    let before = 0;
    await this.mutex.runExclusive(async () => {
      before = this.balance;
    });
    if (before < n || !(await this.bank.approve(n))) return false;
    await this.mutex.runExclusive(async () => {
      this.balance = before - n;
    });
    return true;
  }
}
