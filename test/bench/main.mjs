/**
 * `npm run bench`: executions and steps per second and memory of the whole machine, each beside the
 * bar, the bare explorer and a naive source-DPOR; then the time to the first witness over the corpus; then what an edit
 * of a long file costs.
 */

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
for (const [title, script, ...given] of [
  ['Ordinary Python threading programs, every interleaving', 'bundled.mjs', 'machine'],
  ['Time to the first witness, over the corpus', 'witness.mjs'],
  ['An edit of a long file, in the editor', 'bundled.mjs', 'edit'],
]) {
  console.log(`\n${title}`);
  const run = spawnSync(process.execPath, [join(here, script), ...given, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (run.status !== 0) process.exitCode = run.status ?? 1;
}
