/**
 * `npm run demo`: simulates the stack sample with the built command line, prints the story of the
 * losing interleaving and writes the same replay as a web page that opens from disk.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'dist', 'cli.js');
const page = join(root, 'stack-replay.html');
const sample = 'media/samples/stack.py';

/** The command line ends with 1 when it found a violation, which is what this sample is for. */
function simulate(...options) {
  const { status, error } = spawnSync(process.execPath, [cli, 'simulate', sample, ...options], { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 1) {
    console.error(`The race in ${sample} was not found: exit status ${status}.`);
    process.exit(2);
  }
}

if (!existsSync(cli)) {
  console.error('dist/cli.js is missing: run npm run build first.');
  process.exit(2);
}
simulate();
simulate('--format', 'html', '--out', page);
console.log(
  `\nThe same replay as a page (${Math.round(statSync(page).size / 1024)} KB), to open in a browser:\n${pathToFileURL(page).href}`,
);
