/**
 * Bundles one of the benchmarks beside this file and runs it: `node test/bench/bundled.mjs machine [program]`. Further
 * arguments after `--` go to node (`-- --cpu-prof`).
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, '..', '..', 'node_modules');
const folder = mkdtempSync(join(tmpdir(), 'race-replay-bench-'));
try {
  const [, , name = 'machine', ...given] = process.argv;
  const outfile = join(folder, `${name}.mjs`);
  buildSync({
    entryPoints: [join(here, `${name}-main.ts`)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'warning',
    // The tree-sitter runtime is a CommonJS module at heart.
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(join(modules, 'x.js'))}); const __filename = ${JSON.stringify(outfile)}; const __dirname = ${JSON.stringify(folder)};`,
    },
  });
  const separator = given.indexOf('--');
  const own = separator < 0 ? given : given.slice(0, separator);
  const forNode = separator < 0 ? [] : given.slice(separator + 1);
  const run = spawnSync(process.execPath, ['--expose-gc', ...forNode, outfile, ...own], {
    stdio: 'inherit',
    env: { ...process.env, RACE_REPLAY_MODULES: modules, RACE_REPLAY_ROOT: join(here, '..', '..') },
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
