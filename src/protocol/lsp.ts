/**
 * What crosses the wire between the extension and its language server beyond standard LSP. Method
 * names with their parameter and result types; both sides import only this.
 */
import type { Trace, TraceRange, TraceLanguage } from '../core/trace/trace.ts';
import type { DriveState, RunOn, ShareFormat } from './panel.ts';

export const simulateRequest = 'raceReplay/simulate';
export interface SimulateParams {
  uri: string;
  /** 1-based; null: the worst finding of the file. */
  line: number | null;
  findingId: string | null;
  schedule: string | null;
  /** The text that the schedule was made on, when that is not the document's. */
  scheduleText?: string;
  /** Edited harness code, or null. */
  harness: string | null;
  /** Simulate this text in place of the document's own, which stays as it is. */
  text?: string;
}
export type SimulateResult = { trace: Trace; error: null } | { trace: null; error: string };

/** Where a drive session begins, and what it is about. */
export interface DriveFrom {
  /** The steps of the replay before this index are kept. */
  step: number;
  /** Schedule of a driven execution to go on with, in place of the replay's steps; null: none. */
  moves: string | null;
  /** What is to be reached: an interference that the oracles tell, or that the program itself fails. */
  goal: 'race' | 'failure';
}

export const driveRequest = 'raceReplay/drive';
export type DriveParams =
  | { type: 'start'; simulate: SimulateParams; from: DriveFrom }
  | { type: 'move'; session: number; lane: number; alternative: number }
  | { type: 'undo'; session: number }
  /** Back to before a step of the driven execution. */
  | { type: 'rewind'; session: number; step: number }
  | { type: 'run'; session: number; run: RunOn }
  | { type: 'stop'; session: number };
export type DriveResult = { session: number; state: DriveState; error: null } | { session: number; state: null; error: string | null };

export const exportRequest = 'raceReplay/export';
export interface ExportParams {
  trace: Trace;
  format: ShareFormat;
}
export interface ExportResult {
  text: string;
}

export const fixesRequest = 'raceReplay/fixes';
export interface FixesParams {
  uri: string;
  findingId: string;
}
export interface FixesResult {
  fixes: { title: string; edits: { range: TraceRange; newText: string }[]; trace: Trace }[];
}

/** Checks a document now and resolves to its state, whether or not it had been checked before. */
export const checkRequest = 'raceReplay/check';
export interface CheckParams {
  uri: string;
}

/** What the client tells the server at the start. */
export interface ServerStart {
  /** URL of the extension's dist folder, for a server that is a web worker; null under Node. */
  dist: string | null;
}

/** Client to server: the project files with effect models, read and parsed, by workspace folder. */
export const modelsNotification = 'raceReplay/models';
export interface ModelsParams {
  folders: { uri: string; content: unknown }[];
}

/** The command behind the lens, the hover's link and the code action. The client registers it. */
export const simulateCommand = 'raceReplay.simulate';
/** Its arguments: document URI, 1-based line, finding id. */
export type SimulateArguments = [uri: string, line: number, findingId: string | null];
/** Runs after a quick fix was applied: `[uri, line, executions, rule]`. */
export const fixAppliedCommand = 'raceReplay.fixApplied';
export type FixAppliedArguments = [uri: string, line: number, executions: number, rule: string];

/** Server to client, after each check of a document: what the tree, lens hover and status show. */
export const fileStateNotification = 'raceReplay/fileState';
export interface FileState {
  uri: string;
  language: TraceLanguage;
  /** Version of the document that was checked. */
  version: number;
  running: boolean;
  findings: {
    id: string;
    rule: string;
    severity: 'warning' | 'information' | 'hint';
    message: string;
    shared: string;
    verdict: string;
    range: TraceRange;
    function: string;
  }[];
  subjects: { name: string; nameRange: TraceRange; verdict: string; detail: string }[];
  problems: { message: string; range: TraceRange }[];
  runtime: string;
}

/** Server to client: a document was closed and has no state any more. */
export const fileClosedNotification = 'raceReplay/fileClosed';
export interface FileClosed {
  uri: string;
}

/** Server to client, while a simulation that was asked for runs. */
export const progressNotification = 'raceReplay/progress';
export interface Progress {
  uri: string;
  executions: number;
}
