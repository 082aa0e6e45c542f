/** Entry of dist/server.js: the language server under Node, with simulation on worker threads. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';
import type { WorkerPort } from './simulation.ts';
import type { FromWorker } from './worker/messages.ts';

/** The machine's stack and heap limits for simulations: a runaway one ends its worker, not the server. */
const resourceLimits = { maxOldGenerationSizeMb: 1_536, stackSizeMb: 8 };

function spawn(): WorkerPort {
  const worker = new Worker(join(__dirname, 'worker.js'), { resourceLimits });
  let reason = 'it was stopped';
  worker.on('error', (error) => (reason = String(error)));
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on('message', (message: FromWorker) => listener(message)),
    onEnd: (listener) => worker.on('exit', () => listener(reason)),
    end: () => void worker.terminate(),
  };
}

startServer(createConnection(ProposedFeatures.all), {
  spawn,
  dist: __dirname,
  sharedMemory: true,
  asset: (dist, name) => readFile(join(dist, name), 'utf8'),
});
