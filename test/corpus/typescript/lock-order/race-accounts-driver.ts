// race: lock-order check=10 act=11
import { Mutex } from 'async-mutex';

class Account {
  readonly mutex = new Mutex();
  constructor(public balance: number) {}
}

async function transfer(from: Account, to: Account, amount: number): Promise<void> {
  await from.mutex.runExclusive(async () => {
    await to.mutex.runExclusive(async () => {
      from.balance -= amount;
      to.balance += amount;
    });
  });
}

const a = new Account(10);
const b = new Account(10);
await Promise.all([transfer(a, b, 1), transfer(b, a, 2)]);
console.log(a.balance, b.balance);
