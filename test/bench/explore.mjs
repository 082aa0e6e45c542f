/**
 * Bundles the exploration benchmark and runs it: `node test/bench/explore.mjs [program]`. Further
 * arguments after `--` go to node (`-- --cpu-prof`).
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'race-replay-bench-'));
try {
  const outfile = join(folder, 'explore.mjs');
  buildSync({
    entryPoints: [join(here, 'explore-main.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'warning',
  });
  const separator = process.argv.indexOf('--');
  const own = process.argv.slice(2, separator < 0 ? undefined : separator);
  const forNode = separator < 0 ? [] : process.argv.slice(separator + 1);
  const run = spawnSync(process.execPath, ['--expose-gc', ...forNode, outfile, ...own], {
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
