// safe: one order everywhere
import { Mutex } from 'async-mutex';

const accounts = new Mutex();
const orders = new Mutex();
const done: string[] = [];

async function work(name: string): Promise<void> {
  await accounts.runExclusive(async () => {
    await orders.runExclusive(async () => {
      done.push(name);
    });
  });
}

await Promise.all([work('pay'), work('cancel')]);
console.log(done);
