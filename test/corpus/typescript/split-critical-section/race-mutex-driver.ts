// race: split-critical-section check=9 act=12
import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let stock = 1;
const sold: string[] = [];

async function buy(user: string): Promise<void> {
  const left = await mutex.runExclusive(() => stock);
  if (left > 0) {
    await mutex.runExclusive(() => {
      stock -= 1;
      sold.push(user);
    });
  }
}

await Promise.all([buy('ann'), buy('bob')]);
console.log(stock, sold);
