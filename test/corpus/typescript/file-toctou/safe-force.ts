// safe: rm with force does not look
import { rm } from 'node:fs/promises';

export async function clean(path: string): Promise<void> {
  await rm(path, { force: true });
}
