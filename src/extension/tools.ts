/**
 * Tools for language models: find races in a file, simulate one, verify a fix. They answer with
 * data (JSON), the same that the command line prints, and are registered where VS Code has them.
 */
import * as vscode from 'vscode';
import type { Trace } from '../core/trace/trace.ts';
import type { SimulateParams } from '../protocol/lsp.ts';
import type { Server } from './server.ts';

/** Steps of a trace that an answer holds; a model reads no more than that. */
const maxSteps = 200;

/** The document of a path, absolute or relative to a workspace folder; only inside the workspace. */
async function documentOf(path: unknown): Promise<vscode.TextDocument> {
  if (typeof path !== 'string' || path === '') throw new Error('path is missing');
  const folders = vscode.workspace.workspaceFolders ?? [];
  const absolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  const places = absolute
    ? folders.map(({ uri }) => uri.with({ path: path.startsWith('/') ? path : `/${path.replaceAll('\\', '/')}` }))
    : folders.map(({ uri }) => vscode.Uri.joinPath(uri, path));
  for (const uri of places) {
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined) continue;
    try {
      return await vscode.workspace.openTextDocument(uri);
    } catch {
      // It may be in another folder of the workspace.
    }
  }
  throw new Error(`${path}: there is no such file in the workspace`);
}

function answer(data: unknown): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(data, null, 1))]);
}

/** What a model needs of a trace: the verdict and the story, not every value. */
function brief(trace: Trace): unknown {
  const { verdict, violation, explored, contextSwitches, runtimes, lanes, outcome, schedule, assumptions, unsupported } = trace;
  const steps = trace.steps.slice(0, maxSteps).map(({ index, lane, range, text, summary, role }) => ({
    index,
    lane: lanes.find(({ id }) => id === lane)?.name,
    line: range.line,
    text,
    summary,
    role,
  }));
  return {
    verdict,
    unsupported,
    violation,
    explored,
    contextSwitches,
    runtimes,
    assumptions,
    steps,
    moreSteps: Math.max(0, trace.steps.length - maxSteps),
    outcome,
    schedule,
  };
}

interface ToolInput {
  path?: unknown;
  line?: unknown;
  schedule?: unknown;
  text?: unknown;
}

function paramsOf(document: vscode.TextDocument, input: ToolInput): SimulateParams {
  return {
    uri: document.uri.toString(),
    line: typeof input.line === 'number' && Number.isInteger(input.line) && input.line >= 1 ? input.line : null,
    findingId: null,
    schedule: typeof input.schedule === 'string' && input.schedule !== '' ? input.schedule : null,
    harness: null,
  };
}

/** Registers the tools; an older VS Code without them gets none. */
export function registerTools(server: Server): vscode.Disposable[] {
  if (typeof vscode.lm?.registerTool !== 'function') return [];
  const simulate = async (params: SimulateParams, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult> => {
    const { trace, error } = await server.simulate(params, token);
    return answer(trace === null ? { error } : brief(trace));
  };
  const tool = (
    name: string,
    invocation: (input: ToolInput) => string,
    invoke: (input: ToolInput, token: vscode.CancellationToken) => Promise<vscode.LanguageModelToolResult>,
  ) =>
    vscode.lm.registerTool<ToolInput>(name, {
      prepareInvocation: ({ input }) => ({ invocationMessage: invocation(input) }),
      invoke: ({ input }, token) => invoke(input, token),
    });
  return [
    tool(
      'find_races',
      ({ path }) => vscode.l10n.t('Looking for races in {0}', String(path)),
      async (input) => {
        const document = await documentOf(input.path);
        const { findings, subjects, problems, runtime } = await server.check(document.uri);
        return answer({
          path: vscode.workspace.asRelativePath(document.uri),
          runtime,
          findings,
          problems,
          safe: subjects.filter(({ verdict }) => verdict === 'verified').map(({ name, detail }) => ({ name, detail })),
        });
      },
    ),
    tool(
      'simulate_race',
      ({ path }) => vscode.l10n.t('Simulating {0}', String(path)),
      async (input, token) => simulate(paramsOf(await documentOf(input.path), input), token),
    ),
    tool(
      'verify_fix',
      ({ path }) => vscode.l10n.t('Verifying a fix of {0}', String(path)),
      async (input, token) => {
        if (typeof input.text !== 'string') throw new Error('text is missing');
        return simulate({ ...paramsOf(await documentOf(input.path), input), text: input.text }, token);
      },
    ),
  ];
}
