// safe: a mutex does the waiting
import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let building = false;

export async function build(run: () => Promise<void>): Promise<void> {
  await mutex.runExclusive(async () => {
    building = true;
    await run();
    building = false;
  });
}

export function isBuilding(): boolean {
  return building;
}
