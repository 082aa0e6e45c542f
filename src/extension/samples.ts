/** The bundled samples: chosen from a list, opened as an untitled document that can be edited freely. */
import * as vscode from 'vscode';

/** The language of a bundled program, by its name. */
export function languageOf(name: string): string {
  return name.endsWith('.py') ? 'python' : name.endsWith('.ts') ? 'typescript' : 'javascript';
}

/** Opens the sample of that file name, or asks which. Resolves to its document, or undefined. */
export async function openSample(extension: vscode.Uri, name?: unknown): Promise<vscode.TextDocument | undefined> {
  const folder = vscode.Uri.joinPath(extension, 'media', 'samples');
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const names = entries
    .filter(([, type]) => type === vscode.FileType.File)
    .map(([file]) => file)
    .sort();
  const chosen =
    typeof name === 'string' && names.includes(name)
      ? name
      : await vscode.window
          .showQuickPick(await describe(folder, names), { title: vscode.l10n.t('Open a sample with a race in it') })
          .then((pick) => pick?.label);
  return chosen === undefined ? undefined : openBundled(folder, chosen);
}

/** Opens a bundled program as an untitled document in the first column. */
export async function openBundled(folder: vscode.Uri, name: string): Promise<vscode.TextDocument> {
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name)));
  const document = await vscode.workspace.openTextDocument({ content, language: languageOf(name) });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  return document;
}

/** Each sample with the first comment of its text as its description. */
async function describe(folder: vscode.Uri, names: string[]): Promise<vscode.QuickPickItem[]> {
  return Promise.all(
    names.map(async (label) => {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, label)));
      const comment = /^(?:#|\/\/) ?(.*)$/m.exec(text.slice(0, 400))?.[1];
      return comment === undefined ? { label } : { label, detail: comment };
    }),
  );
}
