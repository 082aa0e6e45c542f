/**
 * The server's side of a simulation worker: one job at a time, urgent ones first, each cancellable.
 * Cancelling sets a shared cell that the engine polls; a worker that does not answer soon after, or
 * cannot share memory, is ended and a new one started. Nothing here waits on the worker's thread.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { FromWorker, Job, JobName, Jobs, ToWorker } from './worker/messages.ts';

/** A worker thread as both hosts have it. */
export interface WorkerPort {
  post(message: ToWorker): void;
  /** At most one listener each. `onEnd` also when the worker dies by itself, with the reason. */
  onMessage(listener: (message: FromWorker) => void): void;
  onEnd(listener: (reason: string) => void): void;
  end(): void;
}

export interface RunOptions {
  token?: CancellationToken | undefined;
  /** Milliseconds after which the job is cancelled as if by its token. */
  limitMs: number;
  progress?: ((executions: number) => void) | undefined;
}

export interface Simulation {
  /** Rejects with `Cancelled`, or an Error with the worker's message. */
  run<K extends JobName>(name: K, params: Jobs[K]['params'], options: RunOptions): Promise<Jobs[K]['result']>;
  /** The text of an open document; null when it was closed. */
  setText(path: string, text: string | null): void;
  /** Starts the worker before it is needed. */
  warmUp(): void;
  dispose(): void;
}

/** The job was cancelled, took too long, or its worker was ended. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

interface Queued {
  id: number;
  job: Job;
  options: RunOptions;
  settled: boolean;
  resolve: (result: Jobs[JobName]['result']) => void;
  reject: (error: Error) => void;
  /** Undoes the subscriptions on token and timers. */
  release: () => void;
}

/** How long a cancelled worker may take to notice, in milliseconds. */
const defaultGrace = 1_000;

/**
 * `spawn` starts a worker; `dist` tells it where its files are. `shared` says whether memory can be
 * shared with it. Workers are started lazily.
 */
export function createSimulation(spawn: () => WorkerPort, dist: string, shared: boolean, graceMs = defaultGrace): Simulation {
  const texts = new Map<string, string>();
  const queue: Queued[] = [];
  let worker: WorkerPort | null = null;
  let cell: Int32Array | null = null;
  let running: Queued | null = null;
  let grace: ReturnType<typeof setTimeout> | null = null;
  let nextId = 1;

  const settle = (queued: Queued, act: () => void): void => {
    if (queued.settled) return;
    queued.settled = true;
    queued.release();
    act();
  };

  const started = (): WorkerPort => {
    if (worker !== null) return worker;
    const fresh = spawn();
    worker = fresh;
    const memory = shared ? new SharedArrayBuffer(4) : null;
    cell = memory === null ? null : new Int32Array(memory);
    fresh.onMessage((message) => {
      if (worker === fresh) receive(message);
    });
    fresh.onEnd((reason) => {
      if (worker === fresh) lose(reason);
    });
    fresh.post({ type: 'start', cancel: memory, dist });
    for (const [path, text] of texts) fresh.post({ type: 'text', path, text });
    return fresh;
  };

  const finish = (): void => {
    if (grace !== null) clearTimeout(grace);
    grace = null;
    running = null;
    next();
  };

  /** The worker is gone: its job fails, the next one gets a new worker. */
  const lose = (reason: string): void => {
    worker = null;
    const lost = running;
    if (lost !== null) settle(lost, () => lost.reject(new Error(`the simulation worker ended: ${reason}`)));
    finish();
  };

  const replace = (): void => {
    const old = worker;
    worker = null;
    old?.end();
    finish();
  };

  const receive = (message: FromWorker): void => {
    const current = running;
    if (current === null || message.id !== current.id) return;
    switch (message.type) {
      case 'progress':
        if (!current.settled) current.options.progress?.(message.executions);
        return;
      case 'done':
        settle(current, () => current.resolve(message.result));
        break;
      case 'failed':
        settle(current, () => current.reject(new Error(message.message)));
        break;
    }
    finish();
  };

  const cancel = (queued: Queued, why: string): void => {
    if (queued.settled) return;
    settle(queued, () => queued.reject(new Cancelled(why)));
    if (queued !== running) {
      const at = queue.indexOf(queued);
      if (at >= 0) queue.splice(at, 1);
      return;
    }
    if (cell !== null) Atomics.store(cell, 0, queued.id);
    grace = setTimeout(replace, cell === null ? Math.min(graceMs, 100) : graceMs);
  };

  const next = (): void => {
    if (running !== null) return;
    const queued = queue.shift();
    if (queued === undefined) return;
    running = queued;
    const timer = setTimeout(() => cancel(queued, `no answer within ${queued.options.limitMs} ms`), queued.options.limitMs);
    const release = queued.release;
    queued.release = () => {
      clearTimeout(timer);
      release();
    };
    try {
      started().post({ type: 'job', id: queued.id, job: queued.job });
    } catch (error) {
      settle(queued, () => queued.reject(error instanceof Error ? error : new Error(String(error))));
      finish();
    }
  };

  return {
    run<K extends JobName>(name: K, params: Jobs[K]['params'], options: RunOptions) {
      return new Promise<Jobs[K]['result']>((resolve, reject) => {
        const job = { name, params } as Job;
        const queued: Queued = {
          id: nextId++,
          job,
          options,
          settled: false,
          // A worker answers a job with the result of its kind; `Jobs` is that table.
          resolve: (result) => resolve(result as Jobs[K]['result']),
          reject,
          release: () => undefined,
        };
        if (options.token?.isCancellationRequested === true) {
          reject(new Cancelled('cancelled'));
          return;
        }
        const subscription = options.token?.onCancellationRequested(() => cancel(queued, 'cancelled'));
        queued.release = () => subscription?.dispose();
        queue.push(queued);
        next();
      });
    },
    setText(path, text) {
      if (text === null) texts.delete(path);
      else texts.set(path, text);
      worker?.post({ type: 'text', path, text });
    },
    warmUp() {
      started();
    },
    dispose() {
      for (const queued of queue.splice(0)) settle(queued, () => queued.reject(new Cancelled('the server is shutting down')));
      if (running !== null) {
        const current = running;
        settle(current, () => current.reject(new Cancelled('the server is shutting down')));
      }
      if (grace !== null) clearTimeout(grace);
      const old = worker;
      worker = null;
      running = null;
      old?.end();
    },
  };
}
