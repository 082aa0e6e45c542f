/**
 * The read-only editor of *.race.json files: the same view as the panel. Where the workspace holds
 * the source that the trace was made from, the replay is tied to it and can be driven.
 */
import * as vscode from 'vscode';
import { parseTrace } from '../core/trace/parse.ts';
import type { Trace } from '../core/trace/trace.ts';
import type { SimulateParams } from '../protocol/lsp.ts';
import type { Views } from './panel.ts';
import { createReplayView, type ViewServices } from './view.ts';

export const traceEditorType = 'raceReplay.trace';

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}

/** The trace's source: by its own path, beside the trace, or under a workspace folder. */
async function findSource(trace: Trace, file: vscode.Uri): Promise<vscode.Uri | null> {
  const path = trace.source.path.replaceAll('\\', '/');
  const name = path.split('/').at(-1) ?? '';
  if (name === '' || path.split('/').includes('..')) return null;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const places = [
    ...folders.map(({ uri }) => vscode.Uri.joinPath(uri, path)),
    ...(path.startsWith('/') || /^[A-Za-z]:\//.test(path) ? [file.with({ path: path.startsWith('/') ? path : `/${path}` })] : []),
    vscode.Uri.joinPath(file, '..', name),
  ];
  for (const place of places) {
    // An absolute path is only followed into the workspace.
    if (
      (vscode.workspace.getWorkspaceFolder(place) !== undefined || place.toString() === vscode.Uri.joinPath(file, '..', name).toString()) &&
      (await exists(place))
    )
      return place;
  }
  return null;
}

async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Registers the editor. */
export function registerTraceEditor(services: ViewServices, views: Views): vscode.Disposable {
  return vscode.window.registerCustomEditorProvider(
    traceEditorType,
    {
      openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
      async resolveCustomEditor(document, panel) {
        const view = createReplayView(panel.webview, services, () => panel.visible);
        views.add(view, panel);
        let text: string;
        try {
          text = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri));
        } catch (error) {
          view.post({
            type: 'error',
            text: vscode.l10n.t('This file cannot be read: {0}', error instanceof Error ? error.message : String(error)),
          });
          return;
        }
        let json: unknown;
        try {
          json = JSON.parse(text);
        } catch (error) {
          view.post({
            type: 'error',
            text: vscode.l10n.t('This file is not JSON: {0}', error instanceof Error ? error.message : String(error)),
          });
          return;
        }
        const { value: trace, problems } = parseTrace(json);
        if (!trace) {
          view.post({ type: 'error', text: vscode.l10n.t('This file is not a replay: {0}', problems.slice(0, 3).join('; ')) });
          return;
        }
        const source = await findSource(trace, document.uri);
        const opened = source === null ? null : await vscode.workspace.openTextDocument(source);
        const same = opened !== null && (await sha256(opened.getText())) === trace.source.sha256;
        const params: SimulateParams | null =
          source === null
            ? null
            : {
                uri: source.toString(),
                line: trace.violation?.check?.line ?? null,
                findingId: null,
                schedule: trace.schedule,
                harness: null,
              };
        const banner =
          source === null || same
            ? null
            : vscode.l10n.t('The source has changed since this replay was made; the editor does not follow it.');
        view.show({ trace, source: same ? source : null, params, banner, savedIn: document.uri });
      },
    },
    { supportsMultipleEditorsPerDocument: false, webviewOptions: { retainContextWhenHidden: false } },
  );
}
