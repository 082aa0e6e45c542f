/**
 * What runs in a worker thread of the command line: the engine, one request after another. The main
 * thread stays free for signals and for writing.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckResult, Engine, EngineOptions, Fix, ReadFile, SimulateRequest, SourceFile } from '../engine/api.ts';
import type { Trace } from '../core/trace/trace.ts';
import { readImport, reason, usersOf } from './files.ts';
import { control, loadEngine } from './load.ts';

/** An import the engine asked for: the text's hash is for the cache, null when there is no such file. */
export interface ImportRead {
  path: string;
  text: string | null;
}

export type Task =
  | { kind: 'check'; file: SourceFile; options: EngineOptions }
  | { kind: 'simulate'; request: SimulateRequest; options: EngineOptions }
  | { kind: 'fixes'; file: SourceFile; findingId: string; options: EngineOptions };

export interface TaskResults {
  /** `users`: the files that were asked for what they say of who runs it, null when that was not asked. */
  check: { result: CheckResult; imports: ImportRead[]; users: string[] | null };
  simulate: Trace;
  fixes: Fix[];
}

export type Message =
  | { kind: 'done'; id: number; value: unknown }
  | { kind: 'failed'; id: number; message: string }
  | { kind: 'progress'; id: number; executions: number };

const reading: ReadFile = Object.assign((path: string) => readImport(path), { usersOf });

export const workerMark = 'race-replay-worker';

/** This module was loaded in a worker that the command line started. */
export function isWorker(): boolean {
  return parentPort !== null && workerData === workerMark;
}

export function serve(): void {
  const port = parentPort;
  if (!port) return;
  const engine = loadEngine();
  port.on('message', (message: { id: number; task: Task }) => {
    const { id, task } = message;
    engine
      .then((e) => perform(e, task, (executions) => port.postMessage({ kind: 'progress', id, executions } satisfies Message)))
      .then(
        (value) => port.postMessage({ kind: 'done', id, value } satisfies Message),
        (e: unknown) => port.postMessage({ kind: 'failed', id, message: reason(e) } satisfies Message),
      );
  });
}

function perform(engine: Engine, task: Task, onProgress: (executions: number) => void): TaskResults[Task['kind']] {
  switch (task.kind) {
    case 'check': {
      const imports: ImportRead[] = [];
      let users: string[] | null = null;
      const read: ReadFile = (path) => {
        const text = readImport(path);
        imports.push({ path, text });
        return text;
      };
      read.usersOf = (path) => (users = usersOf(path));
      const result = engine.check(task.file, task.options, control(null), read);
      return { result, imports, users };
    }
    case 'simulate':
      return engine.simulate(task.request, task.options, control(onProgress), reading);
    case 'fixes':
      return engine.fixes(task.file, task.findingId, task.options, control(null), reading);
    default:
      return task satisfies never;
  }
}
