/** A few worker threads with the engine; tasks go to whichever is free, answers come as promises. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Message, Task, TaskResults } from './work.ts';
import { workerMark } from './work.ts';

declare const __filename: string;

interface Job {
  task: Task;
  onProgress: ((executions: number) => void) | null;
  resolve: (value: never) => void;
  reject: (e: Error) => void;
}

export interface Jobs {
  run<K extends Task['kind']>(task: Extract<Task, { kind: K }>, onProgress?: (executions: number) => void): Promise<TaskResults[K]>;
  /** Ends the threads; what is under way is lost. */
  close(): Promise<void>;
}

/** One less than there are cores, at most four: the engine is bound by the processor. */
export function defaultJobs(): number {
  return Math.max(1, Math.min(4, availableParallelism() - 1));
}

export function startJobs(count: number): Jobs {
  const queue: Job[] = [];
  const threads: { worker: Worker; job: Job | null }[] = [];
  let closed = false;

  const feed = (): void => {
    while (queue.length > 0) {
      let thread = threads.find((t) => t.job === null);
      if (!thread && threads.length < count) thread = open();
      const job = thread ? queue.shift() : undefined;
      if (!thread || !job) return;
      thread.job = job;
      thread.worker.postMessage({ id: 0, task: job.task });
    }
  };

  const open = (): { worker: Worker; job: Job | null } => {
    const worker = new Worker(__filename, { workerData: workerMark });
    const thread: { worker: Worker; job: Job | null } = { worker, job: null };
    const fail = (message: string): void => {
      const at = threads.indexOf(thread);
      if (at >= 0) threads.splice(at, 1);
      thread.job?.reject(new Error(message));
      thread.job = null;
      if (!closed) feed();
    };
    worker.on('message', (m: Message) => {
      const { job } = thread;
      if (!job) return;
      if (m.kind === 'progress') {
        job.onProgress?.(m.executions);
        return;
      }
      thread.job = null;
      if (m.kind === 'done') job.resolve(m.value as never);
      else job.reject(new Error(m.message));
      feed();
    });
    worker.on('error', (e: Error) => fail(e.message));
    worker.on('exit', () => fail('a worker ended early'));
    threads.push(thread);
    return thread;
  };

  return {
    run(task, onProgress) {
      return new Promise((resolve, reject) => {
        queue.push({ task, onProgress: onProgress ?? null, resolve: resolve as Job['resolve'], reject });
        feed();
      });
    },
    async close() {
      closed = true;
      await Promise.all(threads.map((t) => t.worker.terminate()));
    },
  };
}

/** Runs one task in a thread of its own. */
export async function runOne<K extends Task['kind']>(
  task: Extract<Task, { kind: K }>,
  onProgress?: (executions: number) => void,
): Promise<TaskResults[K]> {
  const jobs = startJobs(1);
  try {
    return await jobs.run(task, onProgress);
  } finally {
    await jobs.close();
  }
}
