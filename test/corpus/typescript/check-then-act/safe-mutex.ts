// safe: a mutex around check and act
import { Mutex } from 'async-mutex';

export class Wallet {
  private readonly mutex = new Mutex();
  constructor(private balance: number, private readonly bank: { pay(n: number): Promise<void> }) {}

  async spend(amount: number): Promise<boolean> {
    return this.mutex.runExclusive(async () => {
      if (this.balance < amount) return false;
      await this.bank.pay(amount);
      this.balance -= amount;
      return true;
    });
  }
}
