/**
 * Entry of dist/browser/worker.js: the simulation worker as a web worker nested in the server's. It
 * loads the shared engine bundle with importScripts and fetches the two wasm files.
 */
import type { createEngine as CreateEngine } from '../../engine/engine.ts';
import { createHandler } from './handler.ts';
import type { ToWorker } from './messages.ts';

declare const self: DedicatedWorkerGlobalScope & { raceReplayEngine: { createEngine: typeof CreateEngine } };

async function fetchBytes(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${answer.statusText}`);
  return new Uint8Array(await answer.arrayBuffer());
}

const handle = createHandler({
  loadEngine: async (dist) => {
    self.importScripts(`${dist}/engine.js`);
    const [treeSitterRuntime, pythonGrammar] = await Promise.all([
      fetchBytes(`${dist}/web-tree-sitter.wasm`),
      fetchBytes(`${dist}/tree-sitter-python.wasm`),
    ]);
    return self.raceReplayEngine.createEngine({ treeSitterRuntime, pythonGrammar });
  },
  now: () => performance.now(),
  // A web worker has no files; open documents arrive as texts.
  readFile: () => null,
  post: (message) => self.postMessage(message),
});
self.onmessage = (event: MessageEvent<ToWorker>) => handle(event.data);
