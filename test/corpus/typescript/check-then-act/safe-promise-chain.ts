// safe: calls queue up behind one another
export class Account {
  private tail: Promise<unknown> = Promise.resolve();
  private balance = 100;

  withdraw(amount: number, bank: { pay(n: number): Promise<void> }): Promise<boolean> {
    const run = this.tail.then(async () => {
      if (this.balance < amount) return false;
      await bank.pay(amount);
      this.balance -= amount;
      return true;
    });
    this.tail = run.catch(() => undefined);
    return run;
  }
}
