/**
 * `npm run corpus`: checks every file of the corpus (and nothing else) and prints, per rule, precision,
 * recall, verdicts and time as a table. Bundles test/corpus/run.ts in memory.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = await mkdtemp(join(tmpdir(), 'race-replay-corpus-'));
try {
  const outfile = join(folder, 'run.mjs');
  await esbuild.build({
    entryPoints: [join(root, 'test/corpus/run.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(pathToFileURL(join(root, 'package.json')).href)}); const __filename = ''; const __dirname = '';`,
    },
  });
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(root, process.argv.slice(2));
} finally {
  await rm(folder, { recursive: true, force: true });
}
