/**
 * The language server without its host: wires LSP and the custom requests of protocol/lsp.ts to the
 * checker and to two simulation workers, one for checks as one types and one for what a person
 * asked for, so that neither waits for the other. main.ts and browser.ts supply the host.
 */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  ErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fix, SimulateRequest } from '../engine/api.ts';
import * as wire from '../protocol/lsp.ts';
import { actionsOf, findingsAt } from './actions.ts';
import { type CheckedDocument, createChecker } from './checker.ts';
import { toDiagnostic } from './diagnostics.ts';
import { createDriving, failure } from './driving.ts';
import { exportTrace } from './exports.ts';
import { hoverOf, lensesOf } from './lenses.ts';
import { createModels } from './models.ts';
import { languageOf, pathOf } from './ranges.ts';
import { parseSettings, type Settings } from './settings.ts';
import { Cancelled, createSimulation, type WorkerPort } from './simulation.ts';

/** What differs between Node and a web worker. */
export interface ServerHost {
  spawn: () => WorkerPort;
  /** Where dist/ is: a path or URL; for a web worker it comes with `initialize`. */
  dist: string | null;
  /** Told where dist/ is when the client says so. */
  started?: (dist: string) => void;
  sharedMemory: boolean;
  /** The text of a file in dist/. */
  asset: (dist: string, name: string) => Promise<string>;
}

/** How long the lightbulb waits for fixes to be simulated, in milliseconds; later they are there. */
const fixWaitMs = 1_500;
/** Upper limit of one simulation on request, beyond the user's own budget, in milliseconds. */
const simulateLimitMs = 300_000;

/** Registers every handler and starts listening. */
export function startServer(connection: Connection, host: ServerHost): void {
  let dist = host.dist ?? '';
  let canConfigure = false;
  let canRefreshLenses = false;
  const log = (text: string): void => connection.console.info(text);
  let closing = false;
  /** Sends what nobody waits for; after the shutdown, or to a client that has gone, it is dropped. */
  const quietly = (send: () => Promise<unknown>): void => {
    if (!closing) void (async () => send())().catch(() => undefined);
  };
  const lazily = () => {
    let made: ReturnType<typeof createSimulation> | null = null;
    return { get: () => (made ??= createSimulation(host.spawn, dist, host.sharedMemory)), end: () => made?.dispose() };
  };
  const checks = lazily();
  const asked = lazily();
  const models = createModels();
  const settings = new Map<string, Promise<Settings>>();

  const documents = new TextDocuments({
    create: (uri, languageId, version, content) => TextDocument.create(uri, languageId, version, content),
    update: (document: TextDocument, changes, version) => {
      checker.moved(document.uri, changes);
      return TextDocument.update(document, changes, version);
    },
  });

  const settingsOf = (uri: string): Promise<Settings> => {
    const known = settings.get(uri);
    if (known !== undefined) return known;
    const section = canConfigure ? connection.workspace.getConfiguration({ scopeUri: uri, section: 'raceReplay' }) : Promise.resolve(null);
    const read = section.then(
      (value: unknown) => parseSettings(value, models.of(uri)),
      () => parseSettings(null, models.of(uri)),
    );
    settings.set(uri, read);
    return read;
  };

  const publish = (state: CheckedDocument): void => {
    if (!state.running) {
      const diagnostics = state.result.findings.map((finding) => toDiagnostic(state.uri, finding));
      quietly(() => connection.sendDiagnostics({ uri: state.uri, version: state.version, diagnostics }));
      // The worker for replays and fixes starts while the reader is still looking at the warning.
      if (state.result.findings.length > 0) asked.get().warmUp();
      refreshLenses();
    }
    quietly(async () =>
      connection.sendNotification(wire.fileStateNotification, fileStateOf(state, (await settingsOf(state.uri)).options.runtime)),
    );
  };

  let refreshing = false;
  const refreshLenses = (): void => {
    if (refreshing || !canRefreshLenses) return;
    refreshing = true;
    setTimeout(() => {
      refreshing = false;
      quietly(() => connection.sendRequest(CodeLensRefreshRequest.type));
    }, 20);
  };

  const checker = createChecker({
    simulation: {
      run: (name, params, options) => checks.get().run(name, params, options),
      setText: (path, text) => {
        checks.get().setText(path, text);
        asked.get().setText(path, text);
      },
      warmUp: () => checks.get().warmUp(),
      dispose: () => undefined,
    },
    settings: settingsOf,
    publish,
    closed: (uri) => {
      settings.delete(uri);
      quietly(() => connection.sendDiagnostics({ uri, diagnostics: [] }));
      quietly(() => connection.sendNotification(wire.fileClosedNotification, { uri }));
    },
    log,
  });

  const recheckAll = (): void => {
    settings.clear();
    checker.recheck(documents.all());
  };

  connection.onInitialize(({ capabilities, initializationOptions }) => {
    const start = initializationOptions as Partial<wire.ServerStart> | undefined;
    if (host.dist === null && typeof start?.dist === 'string') {
      dist = start.dist;
      host.started?.(dist);
    }
    canConfigure = capabilities.workspace?.configuration === true;
    canRefreshLenses = capabilities.workspace?.codeLens?.refreshSupport === true;
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeLensProvider: { resolveProvider: false },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      },
      serverInfo: { name: 'Race Replay' },
    };
  });
  connection.onDidChangeConfiguration(recheckAll);
  connection.onNotification(wire.modelsNotification, (params: wire.ModelsParams) => {
    models.set(params);
    recheckAll();
  });
  connection.onShutdown(() => {
    closing = true;
    checks.end();
    asked.end();
  });

  const opened = new Set<string>();
  documents.onDidOpen(({ document }) => opened.add(document.uri));
  documents.onDidChangeContent(({ document }) => {
    // `onDidChangeContent` also fires for an open, after `onDidOpen`.
    checker.changed(document, opened.delete(document.uri));
  });
  documents.onDidClose(({ document }) => {
    opened.delete(document.uri);
    checker.closed(document.uri);
  });

  connection.onCodeLens(async ({ textDocument }) => {
    const state = checker.get(textDocument.uri);
    if (state === null || !(await settingsOf(state.uri)).codeLens) return [];
    return lensesOf(state);
  });
  connection.onHover(({ textDocument, position }) => {
    const state = checker.get(textDocument.uri);
    const document = documents.get(textDocument.uri);
    if (state === null || document === undefined) return null;
    return hoverOf(state, position, state.version === document.version);
  });

  /** Fixes of a finding, computed once for each checked text. */
  const fixesOf = (state: CheckedDocument, document: TextDocument, findingId: string): Promise<Fix[]> => {
    const known = state.fixes.get(findingId);
    if (known !== undefined) return known;
    const file = { path: state.path, text: document.getText(), language: state.language };
    const computed = settingsOf(state.uri)
      .then(({ options }) => asked.get().run('fixes', { file, findingId, options }, { limitMs: simulateLimitMs }))
      .catch((error: unknown) => {
        if (!(error instanceof Cancelled)) log(`fixes of ${state.uri}: ${String(error)}`);
        state.fixes.delete(findingId);
        return [];
      });
    state.fixes.set(findingId, computed);
    return computed;
  };

  connection.onCodeAction(async ({ textDocument, range, context }): Promise<CodeAction[]> => {
    const state = checker.get(textDocument.uri);
    const document = documents.get(textDocument.uri);
    if (state === null || document === undefined || state.version !== document.version) return [];
    if (
      context.only !== undefined &&
      !context.only.some((kind) => CodeActionKind.QuickFix.startsWith(kind) || kind.startsWith(CodeActionKind.QuickFix))
    )
      return [];
    const actions: CodeAction[] = [];
    for (const finding of findingsAt(state, range, context.diagnostics)) {
      const fixes = await within(fixesOf(state, document, finding.id), fixWaitMs, []);
      if (state.version !== documents.get(textDocument.uri)?.version) return [];
      actions.push(...actionsOf(state, document, finding, fixes));
    }
    return actions;
  });

  /** The request to the engine that a client's parameters make. */
  const requestOf = async (params: wire.SimulateParams) => {
    const document = documents.get(params.uri);
    const language = document === undefined ? null : languageOf(document.languageId);
    if (document === undefined || language === null) throw new Error('this document is not open, or not Python, JavaScript or TypeScript');
    const path = pathOf(document.uri, document.languageId);
    const text = params.text ?? document.getText();
    if (params.text === undefined) asked.get().setText(path, text);
    const request: SimulateRequest = {
      file: { path, text, language },
      line: params.line,
      ...(params.findingId === null ? {} : { findingId: params.findingId }),
      ...(params.schedule === null ? {} : { schedule: params.schedule }),
      ...(params.scheduleText === undefined ? {} : { scheduleText: params.scheduleText }),
    };
    const { options } = await settingsOf(params.uri);
    return { request, options: { ...options, harness: params.harness } };
  };

  connection.onRequest(
    wire.simulateRequest,
    async (params: wire.SimulateParams, token: CancellationToken): Promise<wire.SimulateResult> => {
      try {
        const trace = await asked.get().run('simulate', await requestOf(params), {
          token,
          limitMs: simulateLimitMs,
          progress: (executions) => quietly(() => connection.sendNotification(wire.progressNotification, { uri: params.uri, executions })),
        });
        return { trace, error: null };
      } catch (error) {
        return { trace: null, error: failure(error, token) };
      }
    },
  );
  const driving = createDriving(asked.get, requestOf, simulateLimitMs);
  connection.onRequest(wire.driveRequest, (params: wire.DriveParams, token: CancellationToken) => driving(params, token));
  connection.onRequest(wire.exportRequest, async ({ trace, format }: wire.ExportParams): Promise<wire.ExportResult> => {
    return { text: await exportTrace(trace, format, (name) => host.asset(dist, name)) };
  });
  connection.onRequest(wire.fixesRequest, async ({ uri, findingId }: wire.FixesParams): Promise<wire.FixesResult> => {
    const document = documents.get(uri);
    const state = document === undefined ? null : await checker.settled(document);
    if (document === undefined || state === null) return { fixes: [] };
    const fixes = await fixesOf(state, document, findingId);
    return { fixes: fixes.map(({ title, edits, trace }) => ({ title, edits, trace })) };
  });
  connection.onRequest(wire.checkRequest, async ({ uri }: wire.CheckParams): Promise<wire.FileState> => {
    const document = documents.get(uri);
    const state = document === undefined ? null : await checker.settled(document);
    if (state === null)
      throw new ResponseError(ErrorCodes.InvalidParams, 'this document is not open, or not Python, JavaScript or TypeScript');
    return fileStateOf(state, (await settingsOf(uri)).options.runtime);
  });

  documents.listen(connection);
  connection.listen();
}

/** `value` if it comes within `ms`, else `otherwise`. */
async function within<T>(value: Promise<T>, ms: number, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((done) => {
    timer = setTimeout(() => done(otherwise), ms);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}

function fileStateOf(state: CheckedDocument, runtime: string | null): wire.FileState {
  const { result } = state;
  return {
    uri: state.uri,
    language: state.language,
    version: state.version,
    running: state.running,
    findings: result.findings.map((finding) => ({
      id: finding.id,
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      shared: finding.shared,
      verdict: finding.verdict,
      range: finding.act.path === undefined ? finding.act : finding.check,
      function: result.subjects.find((subject) => subject.findings.includes(finding.id))?.name ?? '',
    })),
    subjects: result.subjects.map(({ name, nameRange, verdict, detail }) => ({ name, nameRange, verdict, detail })),
    problems: result.problems,
    runtime: runtime ?? (state.language === 'python' ? 'cpython' : 'node'),
  };
}
