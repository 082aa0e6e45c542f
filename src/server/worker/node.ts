/**
 * Entry of dist/worker.js: the simulation worker as a Node worker thread. It reads the two wasm
 * files beside itself, and source files of the workspace when an import is followed.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { cpuClock } from '../../engine/cpu-clock.ts';
import { createEngine } from '../../engine/engine.ts';
import { createImporters, folderLister } from '../../engine/importers.ts';
import { createHandler } from './handler.ts';
import type { ToWorker } from './messages.ts';

/** Larger files are not followed; they are not what a person wrote. */
const maxImportBytes = 1_500_000;

function readSource(path: string): string | null {
  if (!isAbsolute(path) || !/\.(py|pyi|[cm]?[jt]sx?)$|[\\/][\w.-]*config[\w.-]*\.json$/i.test(path)) return null;
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= maxImportBytes ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

if (parentPort === null) throw new Error('dist/worker.js is a worker; it cannot be run by itself');
const port = parentPort;
const handle = createHandler({
  loadEngine: async (dist) => {
    const [treeSitterRuntime, pythonGrammar] = await Promise.all([
      readFile(join(dist, 'web-tree-sitter.wasm')),
      readFile(join(dist, 'tree-sitter-python.wasm')),
    ]);
    return createEngine({ treeSitterRuntime, pythonGrammar }, true);
  },
  now: cpuClock(
    () => performance.now(),
    () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
  ),
  readFile: Object.assign(readSource, {
    usersOf: createImporters(folderLister(readdirSync, statSync), readSource, () => performance.now()),
  }),
  post: (message) => port.postMessage(message),
});
port.on('message', (message: ToWorker) => handle(message));
