// safe: one critical section
import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let stock = 1;

async function buy(): Promise<boolean> {
  return mutex.runExclusive(async () => {
    if (stock === 0) return false;
    await null;
    stock -= 1;
    return true;
  });
}

console.log(await Promise.all([buy(), buy()]), stock);
