/** From a trace's ranges to the files and editors that hold them. */
import * as vscode from 'vscode';
import type { TraceRange } from '../core/trace/trace.ts';
import { toVsRange } from './decorations.ts';

/** The file of a range with that `path`, given the file of the trace. */
export function sourceOf(source: vscode.Uri | null, path: string | undefined): vscode.Uri | null {
  if (source === null || path === undefined) return source;
  return source.with({ path: path.startsWith('/') ? path : `/${path.replaceAll('\\', '/')}` });
}

/** Shows a range in the editor that has its file open, else in the first column; the focus stays where it is. */
export async function reveal(source: vscode.Uri | null, range: TraceRange): Promise<void> {
  const uri = sourceOf(source, range.path);
  if (uri === null) return;
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const selection = toVsRange(range);
  if (open !== undefined) {
    open.selection = new vscode.Selection(selection.start, selection.start);
    open.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return;
  }
  const viewColumn = vscode.ViewColumn.One;
  await vscode.window.showTextDocument(uri, {
    viewColumn,
    preserveFocus: true,
    preview: true,
    selection: new vscode.Range(selection.start, selection.start),
  });
}
