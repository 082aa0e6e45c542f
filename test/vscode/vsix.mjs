/** Packs the VSIX as `npm run package` does, and reads back what is in it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { root } from './places.mjs';

/** Builds minified and packs; returns the path. Throws with the output of the step that failed. */
export function pack(path) {
  const steps = [
    ['esbuild.mjs', '--minify'],
    [join('node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '--out', path],
  ];
  for (const args of steps) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
  }
  return path;
}

/** The files of a zip archive: name to a function that gives the content. From the central directory. */
export function readZip(path) {
  const bytes = readFileSync(path);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== 0x06054b50) end--;
  if (end < 0) throw new Error(`${path} is not a zip archive`);
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), () => {
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const data = bytes.subarray(start, start + size);
      return method === 8 ? inflateRawSync(data) : data;
    });
    at += 46 + name + extra + comment;
  }
  return files;
}

/** What the package must and must not hold; returns the complaints. */
export function inspect(path) {
  const problems = [];
  const files = readZip(path);
  const names = [...files.keys()].filter((name) => name.startsWith('extension/')).map((name) => name.slice('extension/'.length));
  const size = statSync(path).size;
  if (size > 2 * 1024 * 1024) problems.push(`it is ${size} bytes, above 2 MiB`);
  const manifest = JSON.parse(files.get('extension/package.json')().toString('utf8'));
  const needed = [
    'LICENSE.txt',
    'readme.md',
    'changelog.md',
    'package.nls.json',
    'dist/engine.js',
    'dist/worker.js',
    'dist/server.js',
    'dist/cli.js',
    'dist/webview.js',
    'dist/webview.css',
    'dist/standalone.js',
    'dist/standalone.css',
    'dist/web-tree-sitter.wasm',
    'dist/tree-sitter-python.wasm',
    'dist/browser/server.js',
    'dist/browser/worker.js',
    'media/samples/stack.py',
    'media/samples/fixed/stack.py',
    ...readdirSync(join(root, 'media', 'puzzles')).map((name) => `media/puzzles/${name}`),
    manifest.main,
    manifest.browser,
    manifest.icon,
    ...manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ...manifest.contributes.jsonValidation.map(({ url }) => url),
    ...manifest.contributes.views.explorer.map(({ icon }) => icon),
  ].map((name) => name.replace(/^\.\//, ''));
  const present = new Set(names.map((name) => name.toLowerCase()));
  for (const name of needed) if (!present.has(name.toLowerCase())) problems.push(`${name} is missing`);
  const allowed =
    /^(package\.json|package\.nls(\.\w[\w-]*)?\.json|readme\.md|changelog\.md|license\.txt|l10n\/[\w.-]+\.json|dist\/[\w.-]+\.(js|css|wasm)|dist\/browser\/\w+\.js|media\/.*\.(png|svg|py|ts|json))$/i;
  for (const name of names) if (!allowed.test(name)) problems.push(`${name} does not belong in it`);
  for (const name of names) {
    if (!name.endsWith('.js')) continue;
    const text = files.get(`extension/${name}`)().toString('utf8');
    if (text.includes(root)) problems.push(`${name} names this machine's folder`);
    if (/sourceMappingURL=[\w./-]+\.map/.test(text)) problems.push(`${name} refers to a source map`);
  }
  const compilers = names.filter(
    (name) => name.endsWith('.js') && files.get(`extension/${name}`)().includes('Unterminated template literal'),
  );
  if (compilers.length !== 1) problems.push(`the TypeScript compiler should be in one file, but is in ${compilers.join(', ') || 'none'}`);
  return { problems, size, names };
}
