/**
 * The drive session of a view: sends the user's moves to the server and keeps what came of them. A
 * puzzle is a session with a task; moves that the simulator found count as help.
 */
import * as vscode from 'vscode';
import type { DriveFrom } from '../protocol/lsp.ts';
import type { DriveState, PanelMessage, RunOn } from '../protocol/panel.ts';
import type { Puzzle } from './puzzles.ts';
import type { Server } from './server.ts';
import type { Replay } from './view.ts';

export interface Driving {
  /** The execution as it is driven; null while none is. */
  readonly state: DriveState | null;
  readonly puzzle: Puzzle | null;
  /** Sends the state to the page again. */
  tell(): void;
  /** Begins at a step of the replay, or goes on with a driven execution, given as its schedule. */
  start(step: number, moves?: string | null): Promise<void>;
  /** Begins at a step of what is on show: of the driven execution while there is one. */
  startHere(step: number): Promise<void>;
  play(task: Puzzle, moves: string | null): Promise<void>;
  move(lane: number, alternative: number): Promise<void>;
  undo(): Promise<void>;
  run(how: RunOn): Promise<void>;
  stop(): void;
}

export interface DrivingHost {
  server: Server;
  replay(): Replay | null;
  post(message: PanelMessage): void;
  fail(text: string): void;
  /** The session has another state. */
  changed(): void;
  /** A puzzle was solved by the user's own moves, with so many context switches. */
  solved(puzzle: Puzzle, switches: number): void;
}

export function createDriving({ server, replay, post, fail, changed, solved }: DrivingHost): Driving {
  let state: DriveState | null = null;
  let session: number | null = null;
  let puzzle: Puzzle | null = null;
  /** Moves of a puzzle after which they are not the user's own but found by the simulator; null: all are their own. */
  let helpedFrom: number | null = null;
  let movesAtStart = 0;

  const tell = (): void => {
    const task = puzzle && { title: puzzle.title, task: puzzle.task, helped: helpedFrom !== null };
    if (state !== null) post({ type: 'drive', state, puzzle: task });
  };

  /** Sends one drive request and shows what came of it. */
  const request = async (params: Parameters<Server['drive']>[0]): Promise<void> => {
    const result = await server.drive(params);
    if (result.state === null) {
      if (result.error !== null) fail(result.error);
      return;
    }
    session = result.session;
    state = result.state;
    if (params.type === 'start') movesAtStart = state.moves;
    if (helpedFrom !== null && state.moves <= helpedFrom) helpedFrom = null;
    tell();
    if (puzzle !== null && helpedFrom === null && state.reached !== null) solved(puzzle, state.reached.switches);
    changed();
  };

  const begin = async (step: number, moves: string | null, goal: DriveFrom['goal']): Promise<void> => {
    const shown = replay();
    if (shown === null || shown.params === null) {
      fail(vscode.l10n.t('The source of this replay is not at hand, so it cannot be driven. Open the workspace it was made in.'));
      return;
    }
    // The witness's own schedule, so that the session begins along it.
    const simulate = { ...shown.params, schedule: shown.trace.schedule || shown.params.schedule };
    await request({ type: 'start', simulate, from: { step, moves, goal } });
  };

  return {
    get state() {
      return state;
    },
    get puzzle() {
      return puzzle;
    },
    tell,
    start: (step, moves = null) => begin(step, moves, 'race'),
    async startHere(step) {
      if (session !== null) await request({ type: 'rewind', session, step });
      else await begin(step, null, 'race');
    },
    async play(task, moves) {
      puzzle = task;
      await begin(0, moves, 'failure');
    },
    async move(lane, alternative) {
      if (session !== null) await request({ type: 'move', session, lane, alternative });
    },
    async undo() {
      if (session !== null) await request({ type: 'undo', session });
    },
    async run(how) {
      if (session === null) return;
      if (how.strategy === 'violation' || how.strategy === 'shortest') {
        helpedFrom = Math.min(helpedFrom ?? Infinity, how.strategy === 'shortest' ? movesAtStart : (state?.moves ?? 0));
        post({ type: 'progress', text: vscode.l10n.t('Searching for a way that goes wrong…') });
      }
      await request({ type: 'run', session, run: how });
    },
    stop() {
      if (session !== null) void server.drive({ type: 'stop', session }).catch(() => undefined);
      session = null;
      state = null;
      puzzle = null;
      helpedFrom = null;
    },
  };
}
