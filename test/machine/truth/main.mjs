/**
 * `npm run truth [programs]`: the machine against real interpreters under the same schedules, at least
 * 2,000 generated programs per language. Prints programs, schedules and mismatches of each; ends with
 * 1 when there was one. `npm test` runs a sample of the same.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..', '..');
const programs = process.argv[2] ?? '2000';
const run = spawnSync(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'test/machine/truth'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
  env: { ...process.env, RACE_REPLAY_TRUTH: programs },
});
for (const line of run.stdout.split('\n')) {
  const at = line.indexOf('truth: ');
  if (at >= 0) console.log(line.slice(at + 'truth: '.length));
}
if (run.status !== 0) console.error(run.stdout + run.stderr);
process.exitCode = run.status ?? 1;
