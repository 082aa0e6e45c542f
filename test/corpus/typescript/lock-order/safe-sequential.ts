// safe: the two orders never run at the same time
import { Mutex } from 'async-mutex';

const a = new Mutex();
const b = new Mutex();

async function one(): Promise<void> {
  await a.runExclusive(() => b.runExclusive(async () => undefined));
}

async function two(): Promise<void> {
  await b.runExclusive(() => a.runExclusive(async () => undefined));
}

await one();
await two();
