/** Has a document open, which may be an unsaved one of the window before the reload. */
import * as vscode from 'vscode';

/** How long the workbench may take to bring an unsaved document back, in milliseconds. */
const restoringMs = 5_000;

function open(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

function hasTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
}

/** Resolves once the document is open, or the time is over. */
function opening(uri: vscode.Uri, ms: number): Promise<void> {
  return new Promise((done) => {
    const finish = (): void => {
      subscription.dispose();
      clearTimeout(timer);
      done();
    };
    const subscription = vscode.workspace.onDidOpenTextDocument((document) => {
      if (document.uri.toString() === uri.toString()) finish();
    });
    const timer = setTimeout(finish, ms);
  });
}

/**
 * Opens the document unless it is open. An untitled one is left to the workbench, which alone knows
 * its text: to open it by its name would make a new, empty one of that name. Its language is set where
 * it is known, since the workbench may bring it back as plain text.
 */
export async function ensureOpen(uri: vscode.Uri, language: string | null = null): Promise<vscode.TextDocument> {
  const document = await openOrRestored(uri);
  const isOther = language !== null && document.isUntitled && document.languageId !== language;
  return isOther ? vscode.languages.setTextDocumentLanguage(document, language) : document;
}

async function openOrRestored(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const known = open(uri);
  if (known !== undefined) return known;
  if (uri.scheme !== 'untitled') return vscode.workspace.openTextDocument(uri);
  await opening(uri, restoringMs);
  // In a tab that nobody has looked at yet.
  if (open(uri) === undefined && hasTab(uri))
    await vscode.commands.executeCommand('vscode.open', uri, { preserveFocus: true, viewColumn: vscode.ViewColumn.One });
  const restored = open(uri);
  if (restored === undefined) throw new Error(vscode.l10n.t('The unsaved document that this replay is of is no longer open.'));
  return restored;
}
