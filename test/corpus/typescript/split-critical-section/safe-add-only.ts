// safe: the second section reads what it writes
import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let total = 0;

async function add(n: number): Promise<void> {
  await null;
  await mutex.runExclusive(() => {
    total += n;
  });
}

await Promise.all([add(1), add(2)]);
console.log(total);
