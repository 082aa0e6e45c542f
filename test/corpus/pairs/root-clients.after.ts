import * as path from 'path';
import {
  commands,
  ExtensionContext,
  OutputChannel,
  TextDocument,
  Uri,
  window as Window,
  workspace as Workspace,
  WorkspaceFolder,
} from 'vscode';
import { LanguageClient, LanguageClientOptions, ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { resolveServerPath } from './serverPath';
import { config } from './vscodeUtils';

const clients: Map<string, Promise<LanguageClient>> = new Map();
let outputChannel: OutputChannel;
let _sortedWorkspaceFolders: string[] | undefined;

function sortedWorkspaceFolders(): string[] {
  if (_sortedWorkspaceFolders === undefined) {
    _sortedWorkspaceFolders = (Workspace.workspaceFolders ?? [])
      .map((folder) => {
        let result = folder.uri.toString();
        if (result.charAt(result.length - 1) !== '/') {
          result = result + '/';
        }
        return result;
      })
      .sort((a, b) => a.length - b.length);
  }
  return _sortedWorkspaceFolders;
}

function getOuterMostWorkspaceFolder(folder: WorkspaceFolder): WorkspaceFolder {
  let uri = folder.uri.toString();
  if (uri.charAt(uri.length - 1) !== '/') {
    uri = uri + '/';
  }
  for (const element of sortedWorkspaceFolders()) {
    if (uri.startsWith(element)) {
      return Workspace.getWorkspaceFolder(Uri.parse(element))!;
    }
  }
  return folder;
}

async function createClient(context: ExtensionContext, folder: WorkspaceFolder): Promise<LanguageClient> {
  const serverPath = await resolveServerPath(context, folder);
  const serverOptions: ServerOptions = {
    run: { module: serverPath, transport: TransportKind.ipc },
    debug: { module: serverPath, transport: TransportKind.ipc, options: { execArgv: ['--nolazy'] } },
  };
  const clientOptions: LanguageClientOptions = {
    documentSelector: [{ scheme: 'file', language: 'terraform', pattern: `${folder.uri.fsPath}/**/*` }],
    diagnosticCollectionName: 'terraform-ls',
    workspaceFolder: folder,
    initializationOptions: { rootModules: config('terraform').get<string[]>('rootModules', []) },
    outputChannel,
  };
  const client = new LanguageClient(`terraform-ls/${folder.name}`, 'Terraform LS', serverOptions, clientOptions);
  await client.start();
  return client;
}

export async function ensureClient(context: ExtensionContext, document: TextDocument): Promise<void> {
  // We are only interested in language mode text
  if (document.languageId !== 'terraform' || document.uri.scheme !== 'file') {
    return;
  }
  let folder = Workspace.getWorkspaceFolder(document.uri);
  // Files outside a folder can't be handled.
  if (!folder) {
    return;
  }
  // If we have nested workspace folders we only start a server on the outer most workspace folder.
  folder = getOuterMostWorkspaceFolder(folder);

  if (!clients.has(folder.uri.toString())) {
    const client = createClient(context, folder);
    clients.set(folder.uri.toString(), client);
    await client;
  }
}

export async function activate(context: ExtensionContext): Promise<void> {
  outputChannel = Window.createOutputChannel('HashiCorp Terraform');
  context.subscriptions.push(outputChannel);
  context.subscriptions.push(
    commands.registerCommand('terraform.restart', async () => {
      await stopClients();
      Workspace.textDocuments.forEach((doc) => ensureClient(context, doc));
    }),
    Workspace.onDidChangeWorkspaceFolders(() => (_sortedWorkspaceFolders = undefined)),
    Workspace.onDidOpenTextDocument((doc) => ensureClient(context, doc)),
  );
  Workspace.textDocuments.forEach((doc) => ensureClient(context, doc));
}

async function stopClients(): Promise<void> {
  const promises: Promise<void>[] = [];
  for (const client of clients.values()) {
    promises.push(client.then((c) => c.stop()));
  }
  clients.clear();
  await Promise.all(promises);
}

export function deactivate(): Promise<void> {
  return stopClients();
}
