/** Copies or saves a replay in the formats that the server exports. */
import * as vscode from 'vscode';
import type { Trace } from '../core/trace/trace.ts';
import type { ShareFormat } from '../protocol/panel.ts';
import type { Server } from './server.ts';

/** File name ending and the name of the kind, for formats that are saved; the others are copied. */
const files: Partial<Record<ShareFormat, { ending: string; filter: string }>> = {
  json: { ending: '.race.json', filter: 'Race Replay' },
  html: { ending: '.html', filter: 'HTML' },
  svg: { ending: '.svg', filter: 'SVG' },
};

/** The proposed file: beside the source where there is one, else in the first workspace folder. */
function proposal(trace: Trace, source: vscode.Uri | null, ending: string): vscode.Uri | undefined {
  const name = (trace.source.path.split(/[\\/]/).at(-1) ?? 'replay').replace(/\.[^.]+$/, '') || 'replay';
  const folder =
    source !== null && source.scheme !== 'untitled' ? vscode.Uri.joinPath(source, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined ? undefined : vscode.Uri.joinPath(folder, `${name}${ending}`);
}

/** Asks where to save, or copies; says in the status bar what it did. */
export async function share(server: Server, trace: Trace, source: vscode.Uri | null, format: ShareFormat): Promise<void> {
  const text = await server.export({ trace, format });
  const file = files[format];
  if (file === undefined) {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Race Replay: copied'), 3_000);
    return;
  }
  const defaultUri = proposal(trace, source, file.ending);
  const target = await vscode.window.showSaveDialog({
    ...(defaultUri === undefined ? {} : { defaultUri }),
    filters: { [file.filter]: [file.ending.slice(1)] },
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Race Replay: saved {0}', vscode.workspace.asRelativePath(target)), 5_000);
}
