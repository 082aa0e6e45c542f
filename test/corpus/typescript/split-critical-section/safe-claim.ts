// safe: the claim is made in the first section
import { Mutex } from 'async-mutex';

const mutex = new Mutex();
const free = ['a'];
const log: string[] = [];

async function take(): Promise<void> {
  const item = await mutex.runExclusive(() => free.pop());
  if (item === undefined) return;
  await mutex.runExclusive(() => log.push(item));
}

await Promise.all([take(), take()]);
console.log(log);
