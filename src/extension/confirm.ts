/**
 * Confirm on the Real Interpreter: the only thing here that runs the user's code. Only in a trusted
 * workspace, only for a file on disk, and only after a dialog that shows the command.
 */
import * as vscode from 'vscode';
import type { Views } from './panel.ts';

function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : JSON.stringify(text);
}

/** Registers the command; it opens a terminal that runs `race-replay confirm` and nothing else. */
export function registerConfirm(context: vscode.ExtensionContext, views: Views): vscode.Disposable {
  return vscode.commands.registerCommand('raceReplay.confirm', async () => {
    if (!vscode.workspace.isTrusted) {
      await vscode.window.showWarningMessage(vscode.l10n.t('Confirming runs your code, which needs a trusted workspace.'));
      return;
    }
    const replay = views.active()?.replay ?? null;
    const editor = vscode.window.activeTextEditor;
    const uri = editor?.document.uri ?? replay?.source ?? undefined;
    if (uri?.scheme !== 'file') {
      await vscode.window.showWarningMessage(vscode.l10n.t('Only a file on this machine can be confirmed. Save it first.'));
      return;
    }
    const line = editor === undefined ? (replay?.trace.violation?.check?.line ?? null) : editor.selection.active.line + 1;
    const cli = vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath;
    const target = line === null || line === 1 ? uri.fsPath : `${uri.fsPath}:${line}`;
    const python = vscode.workspace.getConfiguration('raceReplay', uri).get('confirm.python', 'python3');
    const environment = { ELECTRON_RUN_AS_NODE: '1', RACE_REPLAY_PYTHON: python };
    const shown = `RACE_REPLAY_PYTHON=${quoted(python)} race-replay confirm ${quoted(target)}`;
    const run = vscode.l10n.t('Run It');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Run this program on the real interpreter?'),
      { modal: true, detail: shown },
      run,
    );
    if (chosen !== run) return;
    await editor?.document.save();
    const cwd = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    vscode.window
      .createTerminal({
        name: 'Race Replay',
        shellPath: process.execPath,
        shellArgs: [cli, 'confirm', target],
        env: environment,
        ...(cwd === undefined ? {} : { cwd }),
      })
      .show();
  });
}
