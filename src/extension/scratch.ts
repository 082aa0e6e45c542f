/** Long values, opened as read-only documents that nobody is asked to save. */
import * as vscode from 'vscode';

const scheme = 'race-replay-value';
const texts = new Map<string, string>();
let count = 0;

/** Registers the provider; a text is forgotten when its document closes. */
export function registerScratch(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '' }),
    vscode.workspace.onDidCloseTextDocument((document) => texts.delete(document.uri.toString())),
  );
}

/** Shows `text` in a document named after `title`. */
export async function openScratch(title: string, text: string): Promise<void> {
  const name = title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim() || 'value';
  const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: String(++count) });
  texts.set(uri.toString(), text);
  await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Active });
}
