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

/** How an execution runs on without the user: by a strategy, or along one that goes wrong. */
export type RunOn =
  /** Whoever runs goes on for as long as it can. */
  | { strategy: 'serial' }
  /** Another lane at every step. */
  | { strategy: 'round-robin' }
  /** Anybody; the same seed moves the same lanes. */
  | { strategy: 'random'; seed: number }
  /** Into the nearest violation that can be reached from here. */
  | { strategy: 'violation' }
  /** The shortest execution that goes wrong, from its start. */
  | { strategy: 'shortest' };

/** What running on came to. */
export interface RanOn {
  how: RunOn;
  /** Steps of the machine, each of which may be several in the trace. */
  moves: number;
  /** Of a search that found nothing: how many executions it tried, and whether there are no others. */
  search: { executions: number; exhausted: boolean } | null;
}

/** An execution that fails, run on to its end, beside the one with the fewest context switches. */
export interface DriveOutcome {
  switches: number;
  fewest: number;
  /** Everything with fewer was searched. */
  proved: boolean;
}

/** A move that shows no step of its own: the inside of a library call, or the end of a lane. */
export interface QuietMove {
  lane: number;
  /** Source text of the statement it goes on in; empty when it does not go on. */
  inside: string;
  /** Why it does not go on: `has ended`; empty when it does. */
  reason: string;
}

/** State of an execution driven by the user. */
export interface DriveState {
  /** The execution so far (verdict `bounded` until it ends; `violation` when the race was hit). */
  trace: Trace;
  choices: LaneChoice[];
  /** Moves of the machine so far; some show no step of their own. */
  moves: number;
  /** Set when the last move is one of those. */
  quiet: QuietMove | null;
  /** `running`, the race was hit, or it ended without one. */
  ending: 'running' | 'violation' | 'safe';
  /** What the last request to run on did; null after a move or an undo. */
  ran: RanOn | null;
  /** How the user's way compares; null until it fails. */
  reached: DriveOutcome | null;
}

/** A puzzle that is being driven: the words are the extension's own. */
export interface PuzzleTask {
  title: string;
  task: string;
  /** The simulator found the way that is on show, or its beginning. */
  helped: boolean;
}

/** Host to panel. */
export type PanelMessage =
  /** `old`: an earlier text failed by an interleaving that can be tried on this one. */
  | { type: 'trace'; trace: Trace; cursor: number | null; banner: string | null; old?: boolean }
  | { type: 'progress'; text: string }
  | { type: 'error'; text: string }
  /** Somebody else moved the cursor: the debugger. */
  | { type: 'goTo'; step: number }
  | { type: 'selectRange'; line: number }
  | { type: 'drive'; state: DriveState; puzzle: PuzzleTask | null }
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
  | 'runOn'
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
  /** Try the interleaving by which the earlier text failed. */
  | { type: 'followOld' }
  /** Drive by hand; the steps on show before index `fromStep` are kept (0: from the start), the choice is what runs next. */
  | { type: 'driveStart'; fromStep: number }
  | { type: 'driveMove'; lane: number; alternative: number }
  | { type: 'driveUndo' }
  | { type: 'driveRun'; run: RunOn }
  | { type: 'driveStop' }
  /** The list of puzzles. */
  | { type: 'puzzles' }
  | { type: 'share'; format: ShareFormat }
  | { type: 'openValue'; title: string; text: string }
  | { type: 'openSettings' }
  /** Step what is on show in VS Code's own debugger. */
  | { type: 'debug' };
