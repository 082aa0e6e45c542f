/**
 * The language server as the rest of the extension sees it: typed requests and events over the
 * language client, which main.ts (Node) or browser.ts (web worker) makes.
 */
import * as vscode from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import * as wire from '../protocol/lsp.ts';

export const languageIds = ['python', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact'] as const;

export interface Server {
  simulate(params: wire.SimulateParams, token?: vscode.CancellationToken): Promise<wire.SimulateResult>;
  drive(params: wire.DriveParams): Promise<wire.DriveResult>;
  export(params: wire.ExportParams): Promise<string>;
  fixes(params: wire.FixesParams): Promise<wire.FixesResult>;
  check(uri: vscode.Uri): Promise<wire.FileState>;
  sendModels(params: wire.ModelsParams): Promise<void>;
  /** The last state of every open document, by URI. */
  readonly files: ReadonlyMap<string, wire.FileState>;
  /** A document's state changed; undefined when it was closed. */
  readonly onFileState: vscode.Event<{ uri: string; state: wire.FileState | undefined }>;
  readonly onProgress: vscode.Event<wire.Progress>;
  readonly onRunning: vscode.Event<boolean>;
  restart(): Promise<void>;
  showOutput(): void;
}

export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** What the client is told, whichever host it runs on. `dist` only for a server in a web worker. */
function clientOptions(output: vscode.LogOutputChannel, dist: string | null): LanguageClientOptions {
  const start: wire.ServerStart = { dist };
  return {
    documentSelector: languageIds.map((language) => ({ language })),
    initializationOptions: start,
    outputChannel: output,
    markdown: { isTrusted: { enabledCommands: [wire.simulateCommand] } },
    synchronize: { configurationSection: 'raceReplay' },
    // A server that cannot be reached is said in the language status, not in a pop-up.
    initializationFailedHandler: () => false,
    diagnosticCollectionName: 'raceReplay',
  };
}

/** Starts the server; resolves when it answers. Everything made is given to `context`. */
export async function startServer(context: vscode.ExtensionContext, make: MakeClient, dist: string | null): Promise<Server> {
  const output = vscode.window.createOutputChannel('Race Replay', { log: true });
  const client = make(clientOptions(output, dist));
  const files = new Map<string, wire.FileState>();
  const fileState = new vscode.EventEmitter<{ uri: string; state: wire.FileState | undefined }>();
  const progress = new vscode.EventEmitter<wire.Progress>();
  const running = new vscode.EventEmitter<boolean>();
  context.subscriptions.push(output, fileState, progress, running, { dispose: () => void client.dispose().catch(() => undefined) });

  client.onNotification(wire.fileStateNotification, (state: wire.FileState) => {
    files.set(state.uri, state);
    fileState.fire({ uri: state.uri, state });
  });
  client.onNotification(wire.fileClosedNotification, ({ uri }: wire.FileClosed) => {
    files.delete(uri);
    fileState.fire({ uri, state: undefined });
  });
  client.onNotification(wire.progressNotification, (each: wire.Progress) => progress.fire(each));
  client.onDidChangeState(({ newState }) => running.fire(newState === State.Running));

  const server: Server = {
    simulate: (params, token) => client.sendRequest<wire.SimulateResult>(wire.simulateRequest, params, token),
    drive: (params) => client.sendRequest<wire.DriveResult>(wire.driveRequest, params),
    export: async (params) => (await client.sendRequest<wire.ExportResult>(wire.exportRequest, params)).text,
    fixes: (params) => client.sendRequest<wire.FixesResult>(wire.fixesRequest, params),
    check: (uri) => client.sendRequest<wire.FileState>(wire.checkRequest, { uri: client.code2ProtocolConverter.asUri(uri) }),
    sendModels: (params) => client.sendNotification(wire.modelsNotification, params),
    files,
    onFileState: fileState.event,
    onProgress: progress.event,
    onRunning: running.event,
    async restart() {
      if (client.needsStop()) await client.stop();
      await client.start();
    },
    showOutput: () => output.show(true),
  };
  await client.start();
  return server;
}
