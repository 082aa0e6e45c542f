/** All benchmarks, one table each: the explorer over bare models, and the whole machine. */

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
for (const [title, script] of [
  ['Explorer over models', 'explore.mjs'],
  ['Machine, ordinary Python programs', 'machine.mjs'],
]) {
  console.log(`\n${title}`);
  const run = spawnSync(process.execPath, [join(here, script), ...process.argv.slice(2)], { stdio: 'inherit' });
  if (run.status !== 0) process.exitCode = run.status ?? 1;
}
