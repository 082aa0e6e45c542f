/** The marker engine on a worker thread; simulation.test.ts bundles this. */
import { parentPort } from 'node:worker_threads';
import { createHandler } from '../../src/server/worker/handler.ts';
import type { ToWorker } from '../../src/server/worker/messages.ts';
import { markerEngine } from './fixtures.ts';

const port = parentPort;
if (port === null) throw new Error('this is a worker');
const engine = markerEngine();
const check = engine.check.bind(engine);
engine.check = (file, ...rest) => {
  while (file.text.includes('DEAF'));
  if (file.text.includes('DIE')) process.exit(3);
  if (file.text.includes('THROW')) throw new Error('as told');
  return check(file, ...rest);
};
const handle = createHandler({
  loadEngine: () => Promise.resolve(engine),
  now: () => performance.now(),
  readFile: () => null,
  post: (message) => port.postMessage(message),
});
port.on('message', (message: ToWorker) => handle(message));
