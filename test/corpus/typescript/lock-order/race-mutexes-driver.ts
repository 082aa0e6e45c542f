// race: lock-order check=9 act=10
import { Mutex } from 'async-mutex';

const accounts = new Mutex();
const orders = new Mutex();
const done: string[] = [];

async function pay(): Promise<void> {
  await accounts.runExclusive(async () => {
    await orders.runExclusive(async () => {
      done.push('pay');
    });
  });
}

async function cancel(): Promise<void> {
  await orders.runExclusive(async () => {
    await accounts.runExclusive(async () => {
      done.push('cancel');
    });
  });
}

await Promise.all([pay(), cancel()]);
console.log(done);
