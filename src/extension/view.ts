/**
 * One replay webview and its host side, used by the panel beside the editor and by the editor of
 * *.race.json files: sends traces, answers the webview's requests, steers drive sessions, and keeps
 * the source's editor at the same step.
 */
import * as vscode from 'vscode';
import type { Trace } from '../core/trace/trace.ts';
import type { SimulateParams } from '../protocol/lsp.ts';
import type { PanelCommand, PanelMessage, PanelRequest, ShareFormat } from '../protocol/panel.ts';
import { parsePanelRequest } from '../protocol/panel-validate.ts';
import type { LaneDecorations } from './decorations.ts';
import { createDriving } from './driving.ts';
import { replayHtml, replayWebviewOptions } from './html.ts';
import type { Puzzle } from './puzzles.ts';
import type { Server } from './server.ts';
import { reveal } from './reveal.ts';
import { share } from './share.ts';
import { openScratch } from './scratch.ts';

export interface Replay {
  trace: Trace;
  /** The document the trace is of, when it is at hand. */
  source: vscode.Uri | null;
  /** How to simulate it again and drive it; null when there is no source for that. */
  params: SimulateParams | null;
  banner: string | null;
  /** It is the interleaving by which an earlier text failed, tried on this one. */
  followsOld?: boolean;
  /** The *.race.json that it was opened from. */
  savedIn?: vscode.Uri;
}

/** What a view needs to be in another window as it is in this one. */
export interface ViewMemory {
  params: SimulateParams;
  /** Schedule of the driven execution, or null. */
  moves: string | null;
  /** File name of the puzzle that is driven, or null. */
  puzzle: string | null;
  /** Language of the document; absent in a memory of an older version. */
  language?: string | null;
}

export interface ReplayView {
  readonly replay: Replay | null;
  /** The trace on show: the driven one while driving. */
  readonly shown: Trace | null;
  /** The step of it that is the current one; null before the page has said. */
  readonly cursor: number | null;
  /** The panel moved the cursor. */
  readonly onDidMove: vscode.Event<number>;
  /** Another trace may be on show. */
  readonly onDidShow: vscode.Event<void>;
  readonly onDidDispose: vscode.Event<void>;
  /** Moves the cursor for somebody else. */
  goTo(step: number): void;
  show(replay: Replay, cursor?: number | null): void;
  post(message: PanelMessage): void;
  command(command: PanelCommand): void;
  /** Begins a drive session at a step. */
  driveFrom(step: number): Promise<void>;
  /** Goes on with a driven execution, given as its schedule. */
  resume(moves: string): Promise<void>;
  /** Has a puzzle driven, after these moves if there are any; its replay is shown only when that is given up. */
  play(replay: Replay, puzzle: Puzzle, moves: string | null): Promise<void>;
  /** Null when there is nothing to come back to. */
  memory(): ViewMemory | null;
  share(format: ShareFormat): Promise<void>;
  /** The editor's cursor came to a line of a document (1-based). */
  editorCursor(uri: vscode.Uri, line: number): void;
  /** A document was edited: what is shown of it may be out of date. */
  edited(uri: vscode.Uri): void;
  /** Draws or clears the editor's decorations, as the view is visible or not. */
  refresh(): void;
  dispose(): void;
}

export interface ViewServices {
  extension: vscode.Uri;
  server: Server;
  decorations: LaneDecorations;
  /** Simulates again and shows the result in this view. */
  simulate: (view: ReplayView, params: SimulateParams) => Promise<void>;
  /** Tries the interleaving by which an earlier text failed on the text that the view's replay is of. */
  followOld: (view: ReplayView, old: Trace) => Promise<void>;
  /** Shows again what a view of another window showed. */
  restore: (view: ReplayView, memory: ViewMemory) => Promise<void>;
  /** The view's `memory` has changed. */
  changed: (view: ReplayView) => void;
  /** A puzzle was solved by the user's own moves, with so many context switches. */
  solved: (puzzle: Puzzle, switches: number) => void;
}

/** Pause in typing after which an open replay is simulated again, milliseconds. */
const quietMs = 1200;

/** `isVisible` says whether the view can be seen now. */
export function createReplayView(webview: vscode.Webview, services: ViewServices, isVisible: () => boolean): ReplayView {
  const { server, decorations } = services;
  let replay: Replay | null = null;
  let cursor: number | null = null;
  let ready = false;
  let stale = false;
  /** The last replay of this file that failed, while what is on show does not. */
  let old: Trace | null = null;
  /** Messages before the page can take them. */
  let waiting: PanelMessage[] = [];
  /** Where the cursor was moved to while there was no page to tell. */
  let unseen: number | null = null;
  const moved = new vscode.EventEmitter<number>();
  const showing = new vscode.EventEmitter<void>();
  const disposed = new vscode.EventEmitter<void>();
  const announce = (): void => {
    services.changed(view);
    showing.fire();
  };

  const post = (message: PanelMessage): void => {
    if (ready) void webview.postMessage(message);
    else waiting.push(message);
  };
  const fail = (text: string): void => post({ type: 'error', text });
  const shown = (): Trace | null => driving.state?.trace ?? replay?.trace ?? null;

  const refresh = (): void => {
    const trace = shown();
    const enabled = vscode.workspace.getConfiguration('raceReplay').get('editorDecorations', true);
    if (!enabled || !isVisible() || stale || trace === null || cursor === null || replay?.source == null) decorations.clear();
    else decorations.show(replay.source, trace, cursor);
  };

  const staleBanner = (): string | null =>
    stale ? vscode.l10n.t('The file has changed since this was simulated. Simulate again to see what is true now.') : null;
  const offersOld = (): boolean =>
    old !== null && !stale && replay?.params != null && replay.followsOld !== true && replay.trace.verdict !== 'unsupported';
  const postTrace = (at: number | null): void => {
    if (replay !== null) post({ type: 'trace', trace: replay.trace, cursor: at, banner: staleBanner() ?? replay.banner, old: offersOld() });
  };

  const driving = createDriving({
    server,
    replay: () => replay,
    post,
    fail,
    changed() {
      cursor = Math.max(0, (shown()?.steps.length ?? 0) - 1);
      refresh();
      announce();
    },
    solved: services.solved,
  });

  const answer = async (request: PanelRequest): Promise<void> => {
    switch (request.type) {
      case 'ready':
        // Also after the view was hidden, which ends its page: a new one starts from what it saved.
        ready = true;
        if (replay !== null && !waiting.some((message) => message.type === 'trace')) {
          if (driving.puzzle === null) postTrace(driving.state === null ? unseen : null);
          driving.tell();
          unseen = null;
        }
        for (const message of waiting) void webview.postMessage(message);
        waiting = [];
        return;
      case 'cursor':
        cursor = request.step;
        refresh();
        moved.fire(cursor);
        return;
      case 'reveal':
        return reveal(replay?.source ?? null, request.range);
      case 'resimulate':
        driving.stop();
        if (replay?.params != null) await services.simulate(view, { ...replay.params, schedule: null });
        return;
      case 'followOld':
        if (old !== null) await services.followOld(view, old);
        return;
      case 'driveStart':
        return driving.startHere(request.fromStep);
      case 'driveMove':
        return driving.move(request.lane, request.alternative);
      case 'driveUndo':
        return driving.undo();
      case 'driveRun':
        return driving.run(request.run);
      case 'driveStop': {
        const isHidden = driving.puzzle !== null || stale;
        driving.stop();
        if (isHidden) postTrace(null);
        refresh();
        announce();
        return;
      }
      case 'puzzles':
        await vscode.commands.executeCommand('raceReplay.puzzles');
        return;
      case 'share':
        return view.share(request.format);
      case 'openValue':
        return openScratch(request.title, request.text);
      case 'debug':
        await vscode.commands.executeCommand('raceReplay.debug');
        return;
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:race-replay.race-replay');
        return;
    }
  };

  /** The replay follows its file: once typing has paused, what is shown is simulated anew. */
  let again: ReturnType<typeof setTimeout> | undefined;
  const simulateAgain = async (): Promise<void> => {
    const params = replay?.params ?? null;
    if (params === null || driving.state !== null || !isVisible()) return;
    await services
      .simulate(view, { ...params, schedule: null })
      .catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  };

  const subscription = webview.onDidReceiveMessage((message: unknown) => {
    const request = parsePanelRequest(message);
    if (request === null) return;
    answer(request).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  });

  const view: ReplayView = {
    get replay() {
      return replay;
    },
    get shown() {
      return shown();
    },
    get cursor() {
      return cursor;
    },
    onDidMove: moved.event,
    onDidShow: showing.event,
    onDidDispose: disposed.event,
    goTo(step) {
      cursor = step;
      if (isVisible()) post({ type: 'goTo', step });
      else unseen = step;
      refresh();
    },
    show(next, at = null) {
      driving.stop();
      stale = false;
      const before = replay?.trace ?? null;
      if (next.trace.violation !== null || before?.source.path !== next.trace.source.path) old = null;
      else if (before.violation !== null) old = before;
      replay = next;
      cursor = at;
      waiting = waiting.filter((message) => message.type !== 'trace' && message.type !== 'progress');
      postTrace(at);
      refresh();
      announce();
    },
    post,
    command: (command) => post({ type: 'command', command }),
    driveFrom: (step) => {
      driving.stop();
      return driving.start(step);
    },
    resume: (moves) => driving.start(0, moves),
    async play(next, task, moves) {
      driving.stop();
      stale = false;
      replay = next;
      waiting = waiting.filter((message) => message.type !== 'trace' && message.type !== 'progress');
      await driving.play(task, moves);
    },
    memory() {
      const params = replay?.params ?? null;
      if (replay === null || params === null) return null;
      const { text: _text, ...rest } = params;
      return {
        params: { ...rest, schedule: replay.trace.schedule || rest.schedule },
        moves: driving.state?.trace.schedule ?? null,
        puzzle: driving.puzzle?.file ?? null,
        language: vscode.workspace.textDocuments.find((document) => document.uri.toString() === params.uri)?.languageId ?? null,
      };
    },
    async share(format) {
      const trace = shown();
      if (trace !== null) await share(server, trace, replay?.source ?? null, format);
    },
    editorCursor(uri, line) {
      if (ready && !stale && isVisible() && replay?.source?.toString() === uri.toString()) post({ type: 'selectRange', line });
    },
    edited(uri) {
      if (replay === null || replay.source?.toString() !== uri.toString()) return;
      clearTimeout(again);
      // Driving is the user's own: it is not taken away under their hands.
      if (replay.params !== null && driving.state === null) again = setTimeout(() => void simulateAgain(), quietMs);
      if (stale) return;
      stale = true;
      refresh();
      // A driven execution stays on show; the banner is there when it is left.
      if (driving.state === null) postTrace(null);
    },
    refresh,
    dispose() {
      clearTimeout(again);
      driving.stop();
      subscription.dispose();
      decorations.clear();
      disposed.fire();
      moved.dispose();
      showing.dispose();
      disposed.dispose();
    },
  };

  webview.options = replayWebviewOptions(services.extension);
  webview.html = replayHtml(webview, services.extension);
  return view;
}
