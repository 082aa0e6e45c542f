/**
 * What crosses between the language server and its simulation worker: jobs with their parameters
 * and results, and the answers. Everything here can be cloned by `postMessage`.
 */
import type { Trace } from '../../core/trace/trace.ts';
import type { CheckResult, EngineOptions, Fix, SimulateRequest, SourceFile } from '../../engine/api.ts';
import type { DriveFrom } from '../../protocol/lsp.ts';
import type { DriveState, RunOn } from '../../protocol/panel.ts';

/** Jobs by name. `session` numbers are given by the server. */
export interface Jobs {
  check: { params: { file: SourceFile; options: EngineOptions }; result: CheckResult };
  simulate: { params: { request: SimulateRequest; options: EngineOptions }; result: Trace };
  fixes: { params: { file: SourceFile; findingId: string; options: EngineOptions }; result: Fix[] };
  driveStart: { params: { session: number; request: SimulateRequest; from: DriveFrom; options: EngineOptions }; result: DriveState };
  driveMove: { params: { session: number; lane: number; alternative: number }; result: DriveState };
  driveUndo: { params: { session: number }; result: DriveState };
  driveRewind: { params: { session: number; step: number }; result: DriveState };
  driveRun: { params: { session: number; run: RunOn }; result: DriveState };
  driveStop: { params: { session: number }; result: null };
}

export type JobName = keyof Jobs;

/** One job, named, with its parameters. */
export type Job = { [K in JobName]: { name: K; params: Jobs[K]['params'] } }[JobName];

export type ToWorker =
  /** The first message: the cell that cancels (null where memory cannot be shared) and where dist/ is. */
  | { type: 'start'; cancel: SharedArrayBuffer | null; dist: string }
  /** Text of an open document, which stands in for the file; null when it was closed. */
  | { type: 'text'; path: string; text: string | null }
  | { type: 'job'; id: number; job: Job };

export type FromWorker =
  | { type: 'progress'; id: number; executions: number }
  | { type: 'done'; id: number; result: Jobs[JobName]['result'] }
  | { type: 'failed'; id: number; message: string };
