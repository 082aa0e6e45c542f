/** Entry in a browser (VS Code for the Web): the server is a web worker. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith, type Api, apiOf } from './activate.ts';

/** The extension host of a browser is a worker; its types are not among this project's. */
declare const Worker: new (url: string) => ConstructorParameters<typeof LanguageClient>[3] & object;

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const worker = new Worker(vscode.Uri.joinPath(dist, 'browser', 'server.js').toString(true));
  const { views } = await activateWith(
    context,
    (options) => new LanguageClient('raceReplay', 'Race Replay', worker, options),
    dist.toString(true),
  );
  return apiOf(views);
}
