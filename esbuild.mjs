/**
 * Builds dist/. The engine (front ends, core, TypeScript's parser) is bundled once, as
 * dist/engine.js, in a form that Node loads with require and a web worker as a script; the command
 * line and the simulation workers leave it external. Entries whose source is missing fail
 * the build. `--minify` for packaging, `--watch` while developing, `--meta` prints sizes.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { typescriptParser } from './scripts/typescript-parser.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');
/** While developing one part: entries that are missing or do not build yet are named and left out. */
const partial = process.argv.includes('--partial');

/** The one global name under which the engine bundle exists in a web worker. */
const engineGlobal = 'raceReplayEngine';

/** Leaves imports of src/engine/engine.ts to the shared bundle. */
const sharedEngine = {
  name: 'shared-engine',
  setup(build) {
    build.onResolve({ filter: /(^|\/)engine\/engine\.ts$/ }, () => ({ path: './engine.js', external: true }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  minify,
  sourcemap: minify ? false : 'linked',
  logLevel: 'warning',
  target: ['es2023'],
  legalComments: 'none',
  metafile: true,
  define: { 'process.env.NODE_ENV': minify ? '"production"' : '"development"' },
};
const node = { ...common, platform: 'node', format: 'cjs', target: ['node20'], mainFields: ['module', 'main'] };
const worker = { ...common, platform: 'browser', format: 'iife', define: { ...common.define, global: 'globalThis' } };
const page = {
  ...common,
  platform: 'browser',
  format: 'iife',
  loader: { '.ttf': 'dataurl', '.svg': 'text' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
};

const builds = [
  {
    ...common,
    entryPoints: ['src/engine/engine.ts'],
    // Fix strategies are told apart by their functions' names.
    keepNames: true,
    outfile: 'dist/engine.js',
    platform: 'browser',
    format: 'iife',
    globalName: engineGlobal,
    define: { ...common.define, 'import.meta.url': 'raceReplayEngineUrl' },
    plugins: [typescriptParser],
    // web-tree-sitter resolves names against its own address, though it is given its wasm as bytes; a
    // worker made from a blob has none, so it gets one that leads nowhere.
    banner: {
      js: "var raceReplayEngineUrl = typeof __filename === 'string' ? encodeURI('file://' + (__filename[0] === '/' ? '' : '/') + __filename.replaceAll('\\\\', '/')).replace(/[?#]/g, encodeURIComponent) : 'https://engine.invalid/engine.js';",
    },
    // What web-tree-sitter asks for under Node only, by dynamic import.
    external: ['fs/promises', 'module', 'node:*'],
    footer: { js: `if (typeof module === 'object') module.exports = ${engineGlobal}; else self.${engineGlobal} = ${engineGlobal};` },
  },
  { ...node, entryPoints: ['src/extension/main.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js' },
  { ...node, entryPoints: ['src/server/worker/node.ts'], outfile: 'dist/worker.js', plugins: [sharedEngine] },
  {
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    plugins: [sharedEngine],
    loader: { '.py': 'text' },
  },
  {
    ...worker,
    entryPoints: ['src/extension/browser.ts'],
    outfile: 'dist/browser/extension.js',
    format: 'cjs',
    external: ['vscode'],
  },
  { ...worker, entryPoints: ['src/server/browser.ts'], outfile: 'dist/browser/server.js' },
  { ...worker, entryPoints: ['src/server/worker/browser.ts'], outfile: 'dist/browser/worker.js' },
  { ...page, entryPoints: ['src/webview/main.tsx'], outfile: 'dist/webview.js' },
  { ...page, entryPoints: ['src/webview/standalone.tsx'], outfile: 'dist/standalone.js' },
];

const copies = [
  [require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'dist/web-tree-sitter.wasm'],
  [join(root, 'node_modules/tree-sitter-python/tree-sitter-python.wasm'), 'dist/tree-sitter-python.wasm'],
];

async function main() {
  if (!watch) await rm(join(root, 'dist'), { recursive: true, force: true });
  await mkdir(join(root, 'dist'), { recursive: true });
  await Promise.all(copies.map(([from, to]) => copyFile(from, join(root, to))));
  if (watch) {
    const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
    console.error('Watching; end with Ctrl+C.');
    return;
  }
  for (const options of builds) {
    if (partial && !existsSync(join(root, options.entryPoints[0]))) console.error(`left out: ${options.entryPoints[0]}`);
    else
      await esbuild.build(options).catch((error) => {
        if (!partial) throw error;
      });
  }
  if (process.argv.includes('--meta')) {
    for (const { outfile } of builds) console.error(`${String((await stat(join(root, outfile))).size).padStart(9)}  ${outfile}`);
  }
}

main().catch((error) => {
  // esbuild has printed its own errors already.
  if (!Array.isArray(error?.errors)) console.error(error);
  process.exitCode = 1;
});
