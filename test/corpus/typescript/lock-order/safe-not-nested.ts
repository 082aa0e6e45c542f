// safe: never both at once
import { Mutex } from 'async-mutex';

const a = new Mutex();
const b = new Mutex();
const log: string[] = [];

async function one(): Promise<void> {
  await a.runExclusive(async () => { log.push('a'); });
  await b.runExclusive(async () => { log.push('b'); });
}

async function two(): Promise<void> {
  await b.runExclusive(async () => { log.push('b'); });
  await a.runExclusive(async () => { log.push('a'); });
}

await Promise.all([one(), two()]);
console.log(log.length);
