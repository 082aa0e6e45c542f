/** Runs the language server in this process against an LSP client over streams, with workers in place. */
import { PassThrough } from 'node:stream';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { createConnection } from 'vscode-languageserver/node';
import type { Diagnostic } from 'vscode-languageserver';
import type { Engine } from '../../src/engine/api.ts';
import { startServer } from '../../src/server/server.ts';
import type { WorkerPort } from '../../src/server/simulation.ts';
import { createHandler } from '../../src/server/worker/handler.ts';

/** A worker port that runs the handler on this thread, a turn later. */
export function localWorker(engine: Engine): WorkerPort {
  let receive: Parameters<WorkerPort['onMessage']>[0] = () => undefined;
  let ended = false;
  const handle = createHandler({
    loadEngine: () => Promise.resolve(engine),
    now: () => performance.now(),
    readFile: () => null,
    post: (message) => setImmediate(() => !ended && receive(structuredClone(message))),
  });
  return {
    post: (message) => handle(structuredClone(message)),
    onMessage: (listener) => (receive = listener),
    onEnd: () => undefined,
    end: () => (ended = true),
  };
}

export interface TestClient {
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, changes: { range?: unknown; text: string }[]): Promise<void>;
  close(uri: string): Promise<void>;
  request<T>(method: string, params: unknown): Promise<T>;
  notify(method: string, params: unknown): Promise<void>;
  /** Resolves to the next diagnostics published for a URI that satisfy the condition. */
  diagnostics(uri: string, when?: (diagnostics: Diagnostic[]) => boolean): Promise<Diagnostic[]>;
  /** Everything published so far, oldest first. */
  readonly published: { uri: string; version?: number; diagnostics: Diagnostic[] }[];
  stop(): Promise<void>;
}

export async function startClient(engine: Engine, settings: unknown = {}): Promise<TestClient> {
  const up = new PassThrough();
  const down = new PassThrough();
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    spawn: () => localWorker(engine),
    dist: '/dist',
    sharedMemory: true,
    asset: (_dist, name) => Promise.resolve(`/* ${name} */`),
  });
  const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const published: TestClient['published'] = [];
  const waiting = new Set<() => void>();
  client.onNotification('textDocument/publishDiagnostics', (params: TestClient['published'][number]) => {
    published.push(params);
    for (const check of [...waiting]) check();
  });
  client.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => settings));
  client.onRequest('workspace/codeLens/refresh', () => null);
  client.listen();
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { workspace: { configuration: true, codeLens: { refreshSupport: true } } },
  });
  await client.sendNotification('initialized', {});
  return {
    open: (uri, text, languageId = 'python') =>
      client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, contentChanges) =>
      client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    close: (uri) => client.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    request: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => client.sendNotification(method, params),
    published,
    diagnostics: (uri, when = () => true) =>
      new Promise((done, failed) => {
        const timer = setTimeout(() => failed(new Error(`no such diagnostics for ${uri}; seen ${JSON.stringify(published)}`)), 5_000);
        const check = (): void => {
          const last = published.filter((each) => each.uri === uri).at(-1);
          if (last === undefined || !when(last.diagnostics)) return;
          clearTimeout(timer);
          waiting.delete(check);
          done(last.diagnostics);
        };
        waiting.add(check);
        check();
      }),
    async stop() {
      await client.sendRequest('shutdown');
      client.dispose();
      up.end();
      down.end();
    },
  };
}
