/** What the extension-host tests share: opening documents, waiting, and the sources they use. */
import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';

export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the tests need a workspace');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function text(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Shows a new unsaved document in the first column. */
export async function openText(content: string, language: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

export async function replaceAll(editor: vscode.TextEditor, content: string): Promise<void> {
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), content)));
}

export function ours(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Race Replay');
}

/** Tries until it gives a value other than undefined or false, for at most `ms`. */
export async function eventually<T>(attempt: () => T | Promise<T>, what: string, ms = 20_000): Promise<Exclude<T, undefined | false>> {
  const until = Date.now() + ms;
  for (;;) {
    const value = await attempt();
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    if (Date.now() > until) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export async function withDiagnostics(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  return eventually(() => {
    const found = ours(uri);
    return found.length > 0 && found;
  }, `diagnostics of ${uri.toString()}`);
}

export async function withoutDiagnostics(uri: vscode.Uri): Promise<void> {
  await eventually(() => ours(uri).length === 0, `no diagnostics of ${uri.toString()}`);
}

/** The tabs that show a webview or custom editor of that type. */
export function tabsOf(type: string): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => (input instanceof vscode.TabInputWebview || input instanceof vscode.TabInputCustom) && input.viewType.endsWith(type),
    );
}

export async function closeAll(): Promise<void> {
  for (const editor of vscode.window.visibleTextEditors) {
    if (!editor.document.isUntitled) continue;
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Has the command line simulate the stack sample and save the replay in the workspace. */
export function saveTrace(name: string): void {
  const extension = vscode.extensions.getExtension('race-replay.race-replay');
  assert.ok(extension);
  const cli = join(extension.extensionPath, 'dist', 'cli.js');
  const made = spawnSync(process.execPath, [cli, 'simulate', 'stack.py', '--format', 'json', '--out', workspaceFile(name).fsPath], {
    cwd: workspaceFile('.').fsPath,
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  assert.equal(made.status, 1, made.stderr);
}
