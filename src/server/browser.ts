/**
 * Entry of dist/browser/server.js: the language server as a web worker, with simulation in a nested
 * worker. Its script is loaded from a blob, since a worker's own URL must be of this origin and the
 * extension's files may not be.
 */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './server.ts';
import type { WorkerPort } from './simulation.ts';
import type { FromWorker } from './worker/messages.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Where dist/ is; known once the client has sent `initialize`. */
let dist = '';

function spawn(): WorkerPort {
  const script = URL.createObjectURL(
    new Blob([`importScripts(${JSON.stringify(`${dist}/browser/worker.js`)});`], { type: 'text/javascript' }),
  );
  const worker = new Worker(script);
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.onmessage = (event: MessageEvent<FromWorker>) => listener(event.data);
    },
    onEnd: (listener) => {
      worker.onerror = (event) => {
        worker.terminate();
        listener(event.message);
      };
    },
    end: () => {
      worker.terminate();
      URL.revokeObjectURL(script);
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
  asset: async (from, name) => {
    const answer = await fetch(`${from}/${name}`);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.text();
  },
});
