/** The language status item: what the server is doing, what it found last, and which runtime it plays. */
import * as vscode from 'vscode';
import { languageIds, type Server } from './server.ts';

/** Registers the item and keeps it about the active editor's document. */
export function registerStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem(
    'raceReplay.status',
    languageIds.map((language) => ({ language })),
  );
  item.name = 'Race Replay';
  let running = true;
  const update = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const state = uri === undefined ? undefined : server.files.get(uri);
    item.command = { title: vscode.l10n.t('Show Races'), command: 'raceReplay.showRaces' };
    item.busy = state?.running === true;
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.detail = state === undefined ? '' : vscode.l10n.t('as {0} behaves', state.runtime);
    if (!running) {
      item.text = vscode.l10n.t('Race Replay: the language server is not running');
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.command = { title: vscode.l10n.t('Restart'), command: 'raceReplay.restartServer' };
    } else if (state === undefined || (state.running && state.version < 0)) {
      item.text = vscode.l10n.t('Race Replay: checking');
    } else if (state.problems.length > 0 && state.findings.length === 0) {
      item.text = vscode.l10n.t('Race Replay: {0}', state.problems[0]?.message ?? '');
      item.severity = vscode.LanguageStatusSeverity.Warning;
    } else {
      const count = state.findings.length;
      item.text =
        count === 0
          ? vscode.l10n.t('Race Replay: no race found')
          : count === 1
            ? vscode.l10n.t('Race Replay: 1 race')
            : vscode.l10n.t('Race Replay: {0} races', count);
    }
  };
  update();
  return vscode.Disposable.from(
    item,
    server.onFileState(update),
    server.onRunning((now) => {
      running = now;
      update();
    }),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}
