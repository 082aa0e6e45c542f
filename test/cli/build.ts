/**
 * Bundles the command line as esbuild.mjs does, but into a folder of its own, so that tests run the
 * real thing without touching dist/.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

const sharedEngine: Plugin = {
  name: 'shared-engine',
  setup(b) {
    b.onResolve({ filter: /(^|\/)engine\/engine\.ts$/ }, () => ({ path: './engine.js', external: true }));
  },
};

/** Builds cli.js, engine.js, standalone.js and the grammars; the answer is the path of cli.js. */
export async function buildCli(above: string = mkdtempSync(join(tmpdir(), 'race-replay-cli-'))): Promise<string> {
  const folder = join(above, 'dist');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(root, 'package.json'), join(above, 'package.json'));
  const common: BuildOptions = { absWorkingDir: root, bundle: true, logLevel: 'error', target: ['es2023'], legalComments: 'none' };
  await Promise.all([
    build({
      ...common,
      entryPoints: ['src/engine/engine.ts'],
      outfile: join(folder, 'engine.js'),
      platform: 'browser',
      format: 'iife',
      globalName: 'raceReplayEngine',
      external: ['fs/promises', 'module', 'node:*'],
      define: { 'process.env.NODE_ENV': '"development"', 'process.browser': 'true', 'import.meta.url': 'raceReplayEngineUrl' },
      banner: { js: "var raceReplayEngineUrl = require('node:url').pathToFileURL(__filename).href;" },
      footer: { js: 'module.exports = raceReplayEngine;' },
    }),
    build({
      ...common,
      entryPoints: ['src/cli/main.ts'],
      outfile: join(folder, 'cli.js'),
      platform: 'node',
      format: 'cjs',
      target: ['node20'],
      mainFields: ['module', 'main'],
      plugins: [sharedEngine],
      loader: { '.py': 'text' },
    }),
    build({
      ...common,
      entryPoints: ['src/webview/standalone.tsx'],
      outfile: join(folder, 'standalone.js'),
      platform: 'browser',
      format: 'iife',
      loader: { '.ttf': 'dataurl', '.svg': 'text' },
      jsx: 'automatic',
      jsxImportSource: 'preact',
    }),
  ]);
  copyFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), join(folder, 'web-tree-sitter.wasm'));
  copyFileSync(
    join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm'),
    join(folder, 'tree-sitter-python.wasm'),
  );
  return join(folder, 'cli.js');
}

/** The version the command line must say. */
export function packageVersion(): string {
  const json: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return typeof json === 'object' && json !== null && 'version' in json ? String(json.version) : '';
}

export { root };
