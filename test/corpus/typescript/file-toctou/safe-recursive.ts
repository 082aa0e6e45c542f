// safe: a recursive mkdir does not mind
import { mkdir } from 'node:fs/promises';

async function prepare(): Promise<void> {
  await mkdir('out', { recursive: true });
}

await Promise.all([prepare(), prepare()]);
