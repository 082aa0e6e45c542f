/**
 * Entry of dist/browser/worker.js: the simulation worker as a web worker nested in the server's. It
 * can load nothing by itself (its script is a blob, and only the server's worker can resolve the
 * extension's URLs): the engine's bundle stands before it in the same script, and the two wasm files
 * come with the first message.
 */
import type { createEngine as CreateEngine, EngineAssets } from '../../engine/engine.ts';
import { createHandler } from './handler.ts';
import type { ToWorker } from './messages.ts';

declare const self: DedicatedWorkerGlobalScope & { raceReplayEngine: { createEngine: typeof CreateEngine } };

/** What the server's worker sends before anything else. */
export interface BrowserAssets {
  type: 'assets';
  assets: EngineAssets;
}

let assets: EngineAssets | null = null;
const handle = createHandler({
  loadEngine: async () => {
    if (assets === null) throw new Error('the worker was not given its files');
    return self.raceReplayEngine.createEngine(assets, true);
  },
  now: () => performance.now(),
  // A web worker has no files; open documents arrive as texts.
  readFile: () => null,
  post: (message) => self.postMessage(message),
});
self.onmessage = (event: MessageEvent<ToWorker | BrowserAssets>) => {
  if (event.data.type === 'assets') assets = event.data.assets;
  else handle(event.data);
};
