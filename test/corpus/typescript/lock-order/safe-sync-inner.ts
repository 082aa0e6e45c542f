// safe: nothing is awaited while the first is held
import { Mutex } from 'async-mutex';

const a = new Mutex();
const b = new Mutex();
const log: string[] = [];

export async function one(): Promise<void> {
  await a.runExclusive(() => { log.push('one'); });
}

export async function two(): Promise<void> {
  await b.runExclusive(() => { log.push('two'); });
}
