/**
 * Messages between the replay panel (webview) and its host (the extension). Closed unions; the host
 * checks every message from the webview at run time with `parsePanelRequest`.
 */
import type { Trace, TraceRange } from '../core/trace/trace.ts';

/** One lane as the user may drive it at some point of an execution. */
export interface LaneChoice {
  lane: number;
  name: string;
  enabled: boolean;
  /** Why not, when not enabled: `waits for lock, held by thread1`, `has ended`. */
  reason: string;
  /** What it would do next, when enabled: source text of its next statement. */
  next: string;
  /** Data choices of its next step; empty when there is none. */
  alternatives: string[];
}

/** State of an execution driven by the user. */
export interface DriveState {
  /** The execution so far (verdict `bounded` until it ends; `violation` when the race was hit). */
  trace: Trace;
  choices: LaneChoice[];
  /** `running`, the race was hit, or it ended without one. */
  ending: 'running' | 'violation' | 'safe';
}

/** Host to panel. */
export type PanelMessage =
  | { type: 'trace'; trace: Trace; cursor: number | null; banner: string | null }
  | { type: 'progress'; text: string }
  | { type: 'error'; text: string }
  | { type: 'selectRange'; line: number }
  | { type: 'drive'; state: DriveState }
  | { type: 'command'; command: PanelCommand };

/** Every key of the panel is a VS Code command too; the host forwards it by name. */
export type PanelCommand =
  | 'playPause'
  | 'stepForward'
  | 'stepBack'
  | 'nextSwitch'
  | 'previousSwitch'
  | 'nextInLane'
  | 'previousInLane'
  | 'first'
  | 'last'
  | 'violation'
  | 'undo'
  | 'centre'
  | 'help'
  | 'close';

export type ShareFormat = 'schedule' | 'json' | 'mermaid' | 'markdown' | 'html' | 'svg';

/** Panel to host. */
export type PanelRequest =
  | { type: 'ready' }
  | { type: 'cursor'; step: number }
  | { type: 'reveal'; range: TraceRange }
  | { type: 'resimulate' }
  /** Drive by hand; the steps before index `fromStep` are kept (0: from the start), the choice is what runs next. */
  | { type: 'driveStart'; fromStep: number }
  | { type: 'driveMove'; lane: number; alternative: number }
  | { type: 'driveUndo' }
  | { type: 'driveRun'; strategy: 'to-end' | 'random' | 'witness' }
  | { type: 'driveStop' }
  | { type: 'share'; format: ShareFormat }
  | { type: 'openValue'; title: string; text: string }
  | { type: 'openSettings' };
