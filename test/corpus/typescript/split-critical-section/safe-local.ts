// safe: what is carried over belongs to the call
import { Mutex } from 'async-mutex';

const mutex = new Mutex();
const log: string[] = [];

export async function work(name: string): Promise<void> {
  const id = await mutex.runExclusive(() => name.length);
  await mutex.runExclusive(() => log.push(`${name} ${id}`));
}
