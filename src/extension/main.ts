/** Entry under Node (desktop, remote): the server is a process of its own. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith, type Api, apiOf } from './activate.ts';
import { registerConfirm } from './confirm.ts';
import { registerMcp } from './mcp.ts';

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  const { views } = await activateWith(
    context,
    (options) => new LanguageClient('raceReplay', 'Race Replay', { module, transport: TransportKind.ipc }, options),
    null,
  );
  context.subscriptions.push(registerConfirm(context, views), ...registerMcp(context));
  return apiOf(views);
}
