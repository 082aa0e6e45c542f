// safe: released only after the act
import { Mutex } from 'async-mutex';

export class Ledger {
  private readonly mutex = new Mutex();
  private balance = 100;
  constructor(private readonly bank: { approve(n: number): Promise<boolean> }) {}

  async withdraw(n: number): Promise<boolean> {
    const release = await this.mutex.acquire();
    try {
      if (this.balance < n || !(await this.bank.approve(n))) return false;
      this.balance -= n;
      return true;
    } finally {
      release();
    }
  }
}
