/**
 * What crosses the wire between the extension and its language server beyond standard LSP. Method
 * names with their parameter and result types; both sides import only this.
 */
import type { Trace, TraceRange, TraceLanguage } from '../core/trace/trace.ts';
import type { DriveState, ShareFormat } from './panel.ts';

export const simulateRequest = 'raceReplay/simulate';
export interface SimulateParams {
  uri: string;
  /** 1-based; null: the worst finding of the file. */
  line: number | null;
  findingId: string | null;
  schedule: string | null;
  /** Edited harness code, or null. */
  harness: string | null;
}
export type SimulateResult = { trace: Trace; error: null } | { trace: null; error: string };

export const driveRequest = 'raceReplay/drive';
export type DriveParams =
  | { type: 'start'; simulate: SimulateParams; fromStep: number }
  | { type: 'move'; session: number; lane: number; alternative: number }
  | { type: 'undo'; session: number }
  | { type: 'run'; session: number; strategy: 'to-end' | 'random' | 'witness' }
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
