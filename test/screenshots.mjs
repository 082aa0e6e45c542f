/**
 * `npm run screenshots`: pictures of every state of the panel (in four themes and three widths) and
 * of the editor (from the end-to-end test), in test-results/screenshots. Names of scenes as
 * arguments, or `--panel`, leave the editor out.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'test-results', 'screenshots');
const bundle = join(root, 'out', 'screenshots.mjs');
const scenes = process.argv.slice(2).filter((name) => !name.startsWith('-'));

/** A bundled test module still knows where its own source is. */
const ownUrl = {
  name: 'own-url',
  setup(build) {
    build.onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

if (scenes.length === 0 && !process.argv.includes('--panel')) {
  const { status } = spawnSync(process.execPath, [join(root, 'test', 'vscode', 'e2e.mjs')], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
await esbuild.build({
  entryPoints: [join(root, 'test', 'webview', 'screenshots.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  plugins: [ownUrl],
  logLevel: 'warning',
});
const { writeScreenshots } = await import(pathToFileURL(bundle).href);
const count = await writeScreenshots(join(folder, 'panel'), scenes.length === 0 ? {} : { only: scenes });
console.log(`${count} pictures of the panel in ${join(folder, 'panel')}`);
