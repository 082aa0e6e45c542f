/**
 * Reads the project's effect-model files through the workspace's own file system (so it works in
 * virtual workspaces) and sends them to the server, again whenever one changes.
 */
import * as vscode from 'vscode';
import type { ModelsParams } from '../protocol/lsp.ts';
import type { Server } from './server.ts';

async function readModels(log: (text: string) => void): Promise<ModelsParams> {
  const folders: ModelsParams['folders'] = [];
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const names = vscode.workspace.getConfiguration('raceReplay', folder).get<unknown>('effectModels', ['race-replay.json']);
    for (const name of Array.isArray(names) ? names : []) {
      if (typeof name !== 'string') continue;
      const uri = vscode.Uri.joinPath(folder.uri, name);
      let bytes: Uint8Array;
      try {
        bytes = await vscode.workspace.fs.readFile(uri);
      } catch {
        // Most projects have none.
        continue;
      }
      try {
        folders.push({ uri: folder.uri.toString(), content: JSON.parse(new TextDecoder().decode(bytes)) as unknown });
      } catch (error) {
        log(`${uri.toString()}: ${String(error)}`);
      }
    }
  }
  return { folders };
}

/** Sends the models now and after every change of a file named *.json that may be one. */
export function registerModels(server: Server, log: (text: string) => void): vscode.Disposable {
  let last = '{"folders":[]}';
  const send = async (): Promise<void> => {
    const models = await readModels(log);
    const text = JSON.stringify(models);
    if (text === last) return;
    last = text;
    await server.sendModels(models);
  };
  const sendNow = (): void => void send().catch((error: unknown) => log(String(error)));
  const named = (uri: vscode.Uri): boolean => {
    const names = vscode.workspace.getConfiguration('raceReplay', uri).get<unknown>('effectModels', ['race-replay.json']);
    return Array.isArray(names) && names.some((name) => typeof name === 'string' && uri.path.endsWith(`/${name.replace(/^\.\//, '')}`));
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.json');
  const changed = (uri: vscode.Uri): void => {
    if (named(uri)) sendNow();
  };
  sendNow();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidChangeWorkspaceFolders(sendNow),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('raceReplay.effectModels')) sendNow();
    }),
  );
}
