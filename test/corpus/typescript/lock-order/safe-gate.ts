// safe: a third mutex is taken before either
import { Mutex } from 'async-mutex';

const gate = new Mutex();
const a = new Mutex();
const b = new Mutex();
const log: number[] = [];

async function one(): Promise<void> {
  await gate.runExclusive(() => a.runExclusive(() => b.runExclusive(async () => { log.push(1); })));
}

async function two(): Promise<void> {
  await gate.runExclusive(() => b.runExclusive(() => a.runExclusive(async () => { log.push(2); })));
}

await Promise.all([one(), two()]);
console.log(log);
