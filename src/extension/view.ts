/**
 * One replay webview and its host side, used by the panel beside the editor and by the editor of
 * *.race.json files: sends traces, answers the webview's requests, steers drive sessions, and keeps
 * the source's editor at the same step.
 */
import * as vscode from 'vscode';
import type { Trace, TraceRange } from '../core/trace/trace.ts';
import type { SimulateParams } from '../protocol/lsp.ts';
import type { DriveState, PanelCommand, PanelMessage, PanelRequest, ShareFormat } from '../protocol/panel.ts';
import { parsePanelRequest } from '../protocol/panel-validate.ts';
import { type LaneDecorations, toVsRange } from './decorations.ts';
import { replayHtml, replayWebviewOptions } from './html.ts';
import type { Server } from './server.ts';
import { share } from './share.ts';
import { openScratch } from './scratch.ts';

export interface Replay {
  trace: Trace;
  /** The document the trace is of, when it is at hand. */
  source: vscode.Uri | null;
  /** How to simulate it again and drive it; null when there is no source for that. */
  params: SimulateParams | null;
  banner: string | null;
}

export interface ReplayView {
  readonly replay: Replay | null;
  /** The trace on show: the driven one while driving. */
  readonly shown: Trace | null;
  show(replay: Replay, cursor?: number | null): void;
  post(message: PanelMessage): void;
  command(command: PanelCommand): void;
  /** Begins a drive session at a step. */
  driveFrom(step: number): Promise<void>;
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
}

/** Pause in typing after which an open replay is simulated again, milliseconds. */
const quietMs = 1200;

/** `isVisible` says whether the view can be seen now. */
export function createReplayView(webview: vscode.Webview, services: ViewServices, isVisible: () => boolean): ReplayView {
  const { server, decorations } = services;
  let replay: Replay | null = null;
  let driving: DriveState | null = null;
  let session: number | null = null;
  let cursor: number | null = null;
  let ready = false;
  let stale = false;
  /** Messages before the page can take them. */
  let waiting: PanelMessage[] = [];

  const post = (message: PanelMessage): void => {
    if (ready) void webview.postMessage(message);
    else waiting.push(message);
  };
  const fail = (text: string): void => post({ type: 'error', text });
  const shown = (): Trace | null => driving?.trace ?? replay?.trace ?? null;

  const refresh = (): void => {
    const trace = shown();
    const enabled = vscode.workspace.getConfiguration('raceReplay').get('editorDecorations', true);
    if (!enabled || !isVisible() || stale || trace === null || cursor === null || replay?.source == null) decorations.clear();
    else decorations.show(replay.source, trace, cursor);
  };

  const reveal = async (range: TraceRange): Promise<void> => {
    const source = replay?.source;
    if (source == null) return;
    const uri =
      range.path === undefined
        ? source
        : source.with({ path: range.path.startsWith('/') ? range.path : `/${range.path.replaceAll('\\', '/')}` });
    const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const selection = toVsRange(range);
    if (open !== undefined) {
      open.selection = new vscode.Selection(selection.start, selection.start);
      open.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      return;
    }
    const viewColumn = vscode.ViewColumn.One;
    await vscode.window.showTextDocument(uri, {
      viewColumn,
      preserveFocus: true,
      preview: true,
      selection: new vscode.Range(selection.start, selection.start),
    });
  };

  const stopDriving = (): void => {
    if (session !== null) void server.drive({ type: 'stop', session }).catch(() => undefined);
    session = null;
    driving = null;
  };

  /** Sends one drive request and shows what came of it. */
  const drive = async (request: Parameters<Server['drive']>[0]): Promise<void> => {
    const result = await server.drive(request);
    if (result.state === null) {
      if (result.error !== null) fail(result.error);
      return;
    }
    session = result.session;
    driving = result.state;
    cursor = Math.max(0, driving.trace.steps.length - 1);
    post({ type: 'drive', state: result.state });
    refresh();
  };

  const driveFrom = async (step: number): Promise<void> => {
    const params = replay?.params ?? null;
    if (replay === null || params === null) {
      fail(vscode.l10n.t('The source of this replay is not at hand, so it cannot be driven. Open the workspace it was made in.'));
      return;
    }
    stopDriving();
    // The witness's own schedule, so that the session begins along it.
    await drive({ type: 'start', simulate: { ...params, schedule: replay.trace.schedule || params.schedule }, fromStep: step });
  };

  const answer = async (request: PanelRequest): Promise<void> => {
    switch (request.type) {
      case 'ready':
        // Also after the view was hidden, which ends its page: a new one starts from what it saved.
        ready = true;
        if (replay !== null && !waiting.some((message) => message.type === 'trace')) {
          post({ type: 'trace', trace: replay.trace, cursor: null, banner: replay.banner });
          if (driving !== null) post({ type: 'drive', state: driving });
        }
        for (const message of waiting) void webview.postMessage(message);
        waiting = [];
        return;
      case 'cursor':
        cursor = request.step;
        refresh();
        return;
      case 'reveal':
        return reveal(request.range);
      case 'resimulate':
        stopDriving();
        if (replay?.params != null) await services.simulate(view, { ...replay.params, schedule: null });
        return;
      case 'driveStart':
        return driveFrom(request.fromStep);
      case 'driveMove':
        if (session !== null) await drive({ type: 'move', session, lane: request.lane, alternative: request.alternative });
        return;
      case 'driveUndo':
        if (session !== null) await drive({ type: 'undo', session });
        return;
      case 'driveRun':
        if (session !== null) await drive({ type: 'run', session, strategy: request.strategy });
        return;
      case 'driveStop':
        stopDriving();
        refresh();
        return;
      case 'share':
        return view.share(request.format);
      case 'openValue':
        return openScratch(request.title, request.text);
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:race-replay.race-replay');
        return;
    }
  };

  /** The replay follows its file: once typing has paused, what is shown is simulated anew. */
  let again: ReturnType<typeof setTimeout> | undefined;
  const simulateAgain = async (): Promise<void> => {
    const params = replay?.params ?? null;
    if (params === null || session !== null || !isVisible()) return;
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
    show(next, at = null) {
      stopDriving();
      stale = false;
      replay = next;
      cursor = at;
      waiting = waiting.filter((message) => message.type !== 'trace' && message.type !== 'progress');
      post({ type: 'trace', trace: next.trace, cursor: at, banner: next.banner });
      refresh();
    },
    post,
    command: (command) => post({ type: 'command', command }),
    driveFrom,
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
      if (replay.params !== null && session === null) again = setTimeout(() => void simulateAgain(), quietMs);
      if (stale) return;
      stale = true;
      refresh();
      const banner = vscode.l10n.t('The file has changed since this was simulated. Simulate again to see what is true now.');
      post({ type: 'trace', trace: replay.trace, cursor: null, banner });
    },
    refresh,
    dispose() {
      clearTimeout(again);
      stopDriving();
      subscription.dispose();
      decorations.clear();
    },
  };

  webview.options = replayWebviewOptions(services.extension);
  webview.html = replayHtml(webview, services.extension);
  return view;
}
