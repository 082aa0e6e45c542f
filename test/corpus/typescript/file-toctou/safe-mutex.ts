// safe: a mutex around look and act
import * as fs from 'node:fs/promises';
import { Mutex } from 'async-mutex';

const mutex = new Mutex();

export async function save(path: string, text: string): Promise<void> {
  await mutex.runExclusive(async () => {
    const info = await fs.stat(path).catch(() => null);
    if (info) return;
    await fs.writeFile(path, text);
  });
}
