/**
 * Time from the start of a check to the first execution seen to go wrong, over the files of the corpus
 * in which the race is found: median and 95th percentile beside the bars. Each file is checked twice
 * and the second time counts, as in an editor that has been open for a moment.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = await mkdtemp(join(tmpdir(), 'race-replay-bench-'));
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
  const { corpusFiles, loadEngine, runFile } = await import(pathToFileURL(outfile).href);
  const engine = await loadEngine(root);
  const times = { first: [], again: [] };
  for (const path of corpusFiles(root)) {
    const first = runFile(engine, root, path);
    if (!first?.racy || !first.found) continue;
    if (first.firstWitness === null) throw new Error(`${path} has a warning without a witness`);
    times.first.push(first.firstWitness);
    times.again.push(runFile(engine, root, path).firstWitness);
  }
  const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
  const show = (name, list) =>
    console.log(
      `${name}  ${String(list.length).padStart(5)}  ${at(list, 0.5).toFixed(1).padStart(9)}  ${at(list, 0.95).toFixed(1).padStart(6)}`,
    );
  console.log('                       races  median ms  p95 ms');
  show('first check of a file', times.first);
  show('the same once warm   ', times.again);
  console.log('bar                              50.0   500.0');
} finally {
  await rm(folder, { recursive: true, force: true });
}
