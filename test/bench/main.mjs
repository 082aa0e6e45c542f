/**
 * `npm run bench`: executions and steps per second and memory of the whole machine, each beside the
 * bar, the bare explorer and a naive source-DPOR; then the time to the first witness over the corpus.
 */

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
for (const [title, script] of [
  ['Ordinary Python threading programs, every interleaving', 'machine.mjs'],
  ['Time to the first witness, over the corpus', 'witness.mjs'],
]) {
  console.log(`\n${title}`);
  const run = spawnSync(process.execPath, [join(here, script), ...process.argv.slice(2)], { stdio: 'inherit' });
  if (run.status !== 0) process.exitCode = run.status ?? 1;
}
