/** Every command of the extension, from its id to what it does. */
import * as vscode from 'vscode';
import { type FixAppliedArguments, fixAppliedCommand, type SimulateParams } from '../protocol/lsp.ts';
import type { PanelCommand, ShareFormat } from '../protocol/panel.ts';
import type { Views } from './panel.ts';
import { choosePuzzle } from './puzzles.ts';
import { openSample } from './samples.ts';
import { languageIds, type Server } from './server.ts';
import { simulateInto } from './simulating.ts';
import type { ReplayView } from './view.ts';

const panelCommands = {
  playPause: true,
  stepForward: true,
  stepBack: true,
  nextSwitch: true,
  previousSwitch: true,
  nextInLane: true,
  previousInLane: true,
  first: true,
  last: true,
  violation: true,
  undo: true,
  runOn: true,
  centre: true,
  help: true,
  close: true,
} satisfies Record<PanelCommand, true>;

const shareCommands: Record<string, ShareFormat> = {
  copySchedule: 'schedule',
  saveJson: 'json',
  saveHtml: 'html',
  saveSvg: 'svg',
  copyMermaid: 'mermaid',
  copyMarkdown: 'markdown',
};

/** Parameters for the active editor; null when it holds no file that can be simulated. */
function paramsOfEditor(server: Server): SimulateParams | null {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => isOurs(document));
  if (editor === undefined || !isOurs(editor.document)) return null;
  const uri = editor.document.uri.toString();
  const line = editor.selection.active.line + 1;
  const here = server.files.get(uri)?.findings.find(({ range }) => range.line === line);
  // A cursor that was never moved says nothing about what is meant.
  return { uri, line: line === 1 && editor.selection.isEmpty ? null : line, findingId: here?.id ?? null, schedule: null, harness: null };
}

function isOurs({ languageId }: vscode.TextDocument): boolean {
  return languageIds.some((id) => id === languageId);
}

/** The arguments of lens, hover and code action, which may also come from a user's keybinding. */
function paramsOfArguments(uri: unknown, line: unknown, findingId: unknown): SimulateParams | null {
  const text = uri instanceof vscode.Uri ? uri.toString() : uri;
  if (typeof text !== 'string' || typeof line !== 'number' || !Number.isInteger(line) || line < 1) return null;
  return { uri: text, line, findingId: typeof findingId === 'string' ? findingId : null, schedule: null, harness: null };
}

/** Registers the commands that both hosts have. */
export function registerCommands(
  context: vscode.ExtensionContext,
  server: Server,
  views: Views,
  simulate: (view: ReplayView, params: SimulateParams) => Promise<void>,
): void {
  const register = (id: string, run: (...args: unknown[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  };
  const nothingToDo = (): void =>
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a Python, JavaScript or TypeScript file first.'));

  /** Parameters for a command without arguments; a cursor outside every function means the whole file. */
  const simulateEditor = async (): Promise<ReplayView | null> => {
    const params = paramsOfEditor(server);
    if (params === null) {
      nothingToDo();
      return null;
    }
    const view = views.panel();
    await simulate(view, params);
    return view;
  };

  register('raceReplay.simulate', async (uri, line, findingId) => {
    const params = paramsOfArguments(uri, line, findingId);
    if (params === null) await simulateEditor();
    else await simulate(views.panel(), params);
  });
  register('raceReplay.drive', async () => {
    const active = views.active();
    const view = active?.replay != null ? active : await simulateEditor();
    if (view?.replay != null) await view.driveFrom(0);
  });
  register('raceReplay.replaySchedule', async (given) => {
    const params = paramsOfEditor(server);
    if (params === null) return nothingToDo();
    const schedule =
      typeof given === 'string'
        ? given
        : await vscode.window.showInputBox({
            title: vscode.l10n.t('Replay a schedule'),
            prompt: vscode.l10n.t('Paste a schedule, as another replay of this file gave it.'),
            placeHolder: 'rr1:…',
            validateInput: (value) => (value.trim().startsWith('rr1:') ? null : vscode.l10n.t('A schedule begins with rr1:')),
          });
    if (schedule === undefined) return;
    await simulate(views.panel(), { ...params, line: null, findingId: null, schedule: schedule.trim() });
  });
  register('raceReplay.openSample', (name) => openSample(context.extensionUri, name));
  register('raceReplay.puzzles', (name) => choosePuzzle(context, server, views, name));
  register('raceReplay.checkFile', async () => {
    const params = paramsOfEditor(server);
    if (params === null) return nothingToDo();
    await server.check(vscode.Uri.parse(params.uri));
  });
  register('raceReplay.showRaces', () => vscode.commands.executeCommand('raceReplay.races.focus'));
  register('raceReplay.openWalkthrough', () =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', 'race-replay.race-replay#start', false),
  );
  register('raceReplay.showOutput', () => server.showOutput());
  register('raceReplay.restartServer', () => server.restart());
  for (const command of Object.keys(panelCommands) as PanelCommand[])
    register(`raceReplay.panel.${command}`, () => views.active()?.command(command));
  for (const [id, format] of Object.entries(shareCommands)) register(`raceReplay.${id}`, () => views.active()?.share(format));

  // After a quick fix: an open replay of the file is simulated again, so that it shows the fix hold.
  register(fixAppliedCommand, async (...args) => {
    const [uri, line] = args as FixAppliedArguments;
    const view = views.existing();
    if (view?.replay?.source?.toString() !== uri) return;
    await simulateInto(server, view, { uri, line, findingId: null, schedule: null, harness: null });
  });
}
