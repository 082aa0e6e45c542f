/**
 * VS Code's own debugger for the replay on show: an adapter inside the extension host (so it works in
 * a browser too) that steps the same cursor as the panel does.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { replayOf } from '../../core/trace/replay.ts';
import { isSameTrace } from '../../core/trace/same.ts';
import type { Trace } from '../../core/trace/trace.ts';
import type { Views } from '../panel.ts';
import { traceEditorType } from '../trace-editor.ts';
import { sourceOf } from '../reveal.ts';
import type { ReplayView } from '../view.ts';
import { createReplayDebugger, type ReplayDebugger } from './answers.ts';

const debugType = 'race-replay';
/** The panel may be played fast; the debugger follows where it pauses, after so many milliseconds. */
const followMs = 100;
/** How long a *.race.json may take to open, in milliseconds. */
const openingMs = 10_000;

function nameOf({ source }: Trace): string {
  return source.path.split(/[\\/]/).at(-1) ?? source.path;
}

/** As the protocol has it: a path for files, the whole URI for everything else. */
function dapSource(trace: Trace, view: ReplayView, path: string | undefined): DebugProtocol.Source {
  const uri = sourceOf(view.replay?.source ?? null, path);
  const name = path?.split(/[\\/]/).at(-1) ?? nameOf(trace);
  if (uri !== null) return { name, path: uri.scheme === 'file' ? uri.fsPath : uri.toString() };
  // Only the source's own text is in the trace.
  return path === undefined && trace.source.text !== undefined ? { name, sourceReference: 1 } : { name, presentationHint: 'deemphasize' };
}

/** Debugs what `view` shows now; ends when that shows something else. */
function createAdapter(view: ReplayView, trace: Trace): vscode.DebugAdapter {
  const out = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  let cursor = view.cursor ?? 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isShared = (): boolean => view.shown !== null && isSameTrace(view.shown, trace);
  const debuggee = {
    replay: replayOf(trace),
    cursor: () => cursor,
    goTo(step: number) {
      cursor = step;
      if (isShared()) view.goTo(step);
    },
    source: (path: string | undefined) => dapSource(trace, view, path),
  };
  const replayDebugger: ReplayDebugger = createReplayDebugger(debuggee, (message) => out.fire(message), vscode.l10n.t);
  const subscriptions = [
    view.onDidMove((step) => {
      if (!isShared() || step === cursor) return;
      cursor = step;
      clearTimeout(timer);
      timer = setTimeout(() => replayDebugger.moved(), followMs);
    }),
    view.onDidShow(() => {
      if (!isShared()) replayDebugger.end();
    }),
    view.onDidDispose(() => replayDebugger.end()),
  ];
  return {
    onDidSendMessage: out.event,
    handleMessage: (message) => replayDebugger.receive(message as DebugProtocol.ProtocolMessage),
    dispose() {
      clearTimeout(timer);
      for (const each of subscriptions) each.dispose();
      out.dispose();
    },
  };
}

/** Opens a *.race.json and resolves to its view once that shows a replay. */
async function openTrace(views: Views, path: string, folder: vscode.WorkspaceFolder | undefined): Promise<ReplayView | null> {
  const isAbsolute = /^([A-Za-z]:[\\/]|\/)/.test(path);
  const uri = !isAbsolute && folder !== undefined ? vscode.Uri.joinPath(folder.uri, path) : vscode.Uri.file(path);
  await vscode.commands.executeCommand('vscode.openWith', uri, traceEditorType);
  const until = Date.now() + openingMs;
  const opened = (): ReplayView | undefined => views.all().find(({ replay }) => replay?.savedIn?.toString() === uri.toString());
  while (opened() === undefined && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
  return opened() ?? null;
}

/** Registers the debugger and the command that starts it. */
export function registerDebugger(views: Views): vscode.Disposable[] {
  const canBeStepped = (view: ReplayView | null): boolean => (view?.shown?.steps.length ?? 0) > 0;
  const nothing = (): void => void vscode.window.showInformationMessage(vscode.l10n.t('Open a replay first, or a *.race.json file.'));
  const configuration = (): vscode.DebugConfiguration => {
    const trace = views.active()?.shown ?? null;
    const name = trace === null ? 'Race Replay' : vscode.l10n.t('Replay of {0}', nameOf(trace));
    return { type: debugType, request: 'launch', name, internalConsoleOptions: 'neverOpen' };
  };
  return [
    vscode.commands.registerCommand('raceReplay.debug', async () => {
      if (!canBeStepped(views.active())) return nothing();
      // Nothing of the user's is run: there is no need to have it saved.
      await vscode.debug.startDebugging(undefined, configuration(), { suppressSaveBeforeStart: true });
    }),
    vscode.debug.registerDebugConfigurationProvider(debugType, {
      provideDebugConfigurations: () => [
        { type: debugType, request: 'launch', name: vscode.l10n.t('Step a saved replay'), trace: '${workspaceFolder}/replay.race.json' },
      ],
      resolveDebugConfigurationWithSubstitutedVariables(_folder, given) {
        // Without a launch.json there is nothing in it.
        const known = given.type === undefined || given.type === '' ? configuration() : given;
        if (typeof known['trace'] === 'string' || canBeStepped(views.active())) return known;
        nothing();
        return undefined;
      },
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
      async createDebugAdapterDescriptor({ configuration: given, workspaceFolder }) {
        const path: unknown = given['trace'];
        const view = typeof path === 'string' ? await openTrace(views, path, workspaceFolder) : views.active();
        const trace = view?.shown ?? null;
        if (view === null || trace === null || trace.steps.length === 0)
          throw new Error(vscode.l10n.t('There is no replay to step through.'));
        return new vscode.DebugAdapterInlineImplementation(createAdapter(view, trace));
      },
    }),
  ];
}
