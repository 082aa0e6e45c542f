/**
 * Entry of dist/browser/server.js: the language server as a web worker, with simulation in a nested
 * worker. A worker's script must be of this origin and the extension's files may not be, so their
 * text is fetched here and the nested worker made from a blob.
 */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './server.ts';
import type { WorkerPort } from './simulation.ts';
import type { BrowserAssets } from './worker/browser.ts';
import type { FromWorker, ToWorker } from './worker/messages.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Where dist/ is; known once the client has sent `initialize`. */
let dist = '';
let loading: Promise<{ script: string; assets: BrowserAssets }> | null = null;

async function fetchFile(name: string): Promise<Response> {
  const answer = await fetch(`${dist}/${name}`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${answer.statusText}`);
  return answer;
}
const fetchText = async (name: string): Promise<string> => (await fetchFile(name)).text();
const fetchBytes = async (name: string): Promise<Uint8Array> => new Uint8Array(await (await fetchFile(name)).arrayBuffer());

/** Everything a nested worker is made of, fetched once. */
async function load(): Promise<{ script: string; assets: BrowserAssets }> {
  const [engine, worker, treeSitterRuntime, pythonGrammar] = await Promise.all([
    fetchText('engine.js'),
    fetchText('browser/worker.js'),
    fetchBytes('web-tree-sitter.wasm'),
    fetchBytes('tree-sitter-python.wasm'),
  ]);
  const script = URL.createObjectURL(new Blob([engine, '\n', worker], { type: 'text/javascript' }));
  return { script, assets: { type: 'assets', assets: { treeSitterRuntime, pythonGrammar } } };
}

/** A port that keeps messages until its worker's script has been fetched. */
function spawn(): WorkerPort {
  let worker: Worker | null = null;
  let ended = false;
  const waiting: ToWorker[] = [];
  let receive: (message: FromWorker) => void = () => undefined;
  let lost: (reason: string) => void = () => undefined;
  const start = async (): Promise<void> => {
    loading ??= load();
    const { script, assets } = await loading;
    if (ended) return;
    const made = new Worker(script);
    worker = made;
    made.onmessage = (event: MessageEvent<FromWorker>) => receive(event.data);
    made.onerror = (event) => {
      made.terminate();
      lost(event.message);
    };
    made.postMessage(assets);
    for (const message of waiting) made.postMessage(message);
  };
  start().catch((error: unknown) => {
    loading = null;
    lost(error instanceof Error ? error.message : String(error));
  });
  return {
    post: (message) => (worker === null ? void waiting.push(message) : worker.postMessage(message)),
    onMessage: (listener) => (receive = listener),
    onEnd: (listener) => (lost = listener),
    end: () => {
      ended = true;
      worker?.terminate();
    },
  };
}

startServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  spawn,
  dist: null,
  started: (given) => {
    dist = given;
  },
  sharedMemory: typeof SharedArrayBuffer === 'function' && self.crossOriginIsolated,
  asset: (_dist, name) => fetchText(name),
});
