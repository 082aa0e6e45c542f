/** Warnings, lenses, hovers and fixes as a person meets them while editing, on the bundled samples. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, openText, ours, replaceAll, text, withDiagnostics, withoutDiagnostics, workspaceFile } from './support.ts';

async function lenses(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return all.filter(({ command }) => command?.command === 'raceReplay.simulate');
}

async function quickFixes(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

describe('editing', () => {
  afterEach(closeAll);

  it('marks the stack sample where it goes wrong, with all that a warning needs', async () => {
    const uri = workspaceFile('stack.py');
    await vscode.window.showTextDocument(uri);
    const [warning] = await withDiagnostics(uri);
    assert.ok(warning);
    assert.equal(warning.severity, vscode.DiagnosticSeverity.Warning);
    assert.ok(typeof warning.code === 'object' && warning.code.target.scheme === 'https');
    assert.ok((warning.relatedInformation ?? []).length >= 2, 'check and interfering write are linked');
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.lineAt(warning.range.start.line).text, /stack\[0\]/);
    assert.match(warning.message, /stack/);
  });

  it('marks the cells of a notebook, each for itself', async () => {
    const source = await text(workspaceFile('stack.py'));
    const cell = (value: string): vscode.NotebookCellData => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, value, 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell('x = 1'), cell(source)]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const [quiet, racy] = notebook.getCells();
    assert.ok(quiet && racy);
    const [warning] = await withDiagnostics(racy.document.uri);
    assert.match(racy.document.lineAt(warning?.range.start.line ?? 0).text, /stack\[0\]/);
    assert.deepEqual(ours(quiet.document.uri), []);
    assert.ok((await eventually(async () => (await lenses(racy.document.uri))[0], 'a lens')).range);
  });

  it('goes from file to file: what a handler imports, and which handler runs what is imported', async () => {
    const office = `class Office:
    def __init__(self):
        self.seats = {}

    def is_free(self, seat):
        return seat not in self.seats

    def sell(self, seat, name):
        self.seats[seat] = name

    def change(self, seat, name):
        if seat in self.seats:
            self.seats[seat] = name

    def count(self, seat):
        self.seats[seat] = self.seats.get(seat, 0) + 1

office = Office()
`;
    const views = `from flask import Flask, request
from office import office

app = Flask(__name__)

@app.post("/sell")
def sell():
    seat = request.json["seat"]
    if not office.is_free(seat):
        return "taken", 409
    office.sell(seat, request.json["name"])
    return "sold"

@app.post("/count")
def count():
    office.count("a")
    return "counted"
`;
    const write = async (name: string, content: string): Promise<vscode.Uri> => {
      const uri = workspaceFile(name);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
      return uri;
    };
    const store = await write('office.py', office);
    const uri = await write('office_views.py', views);
    try {
      const { document } = await vscode.window.showTextDocument(uri);
      const [warning] = await withDiagnostics(uri);
      assert.match(document.lineAt(warning?.range.start.line ?? 0).text, /office\.sell/);
      assert.match(warning?.message ?? '', /line 9 of office\.py/);
      const places = (warning?.relatedInformation ?? []).map(({ location }) => location.uri.path.split('/').pop());
      assert.ok(places.includes('office.py'), 'the write in the other file is linked');
      // Nothing in this file says that it runs in threads: the handlers of the other one do.
      const other = await vscode.window.showTextDocument(store);
      const found = await withDiagnostics(store);
      const counted = found.find(({ range }) => /\.get\(seat, 0\)/.test(other.document.lineAt(range.start.line).text));
      assert.equal(counted?.severity, vscode.DiagnosticSeverity.Warning);
    } finally {
      await closeAll();
      await vscode.workspace.fs.delete(uri);
      await vscode.workspace.fs.delete(store);
    }
  });

  it('puts the lens on the functions with a finding only, and a hover on its name', async () => {
    const uri = workspaceFile('stack.py');
    const { document } = await vscode.window.showTextDocument(uri);
    await withDiagnostics(uri);
    const found = await eventually(async () => {
      const list = await lenses(uri);
      return list.length > 0 && list;
    }, 'a lens');
    const nameAbove = (line: number): string | undefined => {
      for (let at = line; at >= 0; at--) {
        const name = /^def (\w+)/.exec(document.lineAt(at).text)?.[1];
        if (name !== undefined) return name;
      }
      return undefined;
    };
    const marked = [...new Set(ours(uri).map(({ range }) => nameAbove(range.start.line)))].sort();
    assert.deepEqual(found.map(({ range }) => nameAbove(range.start.line)).sort(), marked);
    assert.ok(marked.includes('thread1'));
    const at = found[0]?.range.start;
    assert.ok(at);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
    const words = hovers.flatMap(({ contents }) => contents).map((each) => (typeof each === 'string' ? each : each.value));
    assert.ok(words.some((each) => each.includes('Race Replay') && each.includes('command:raceReplay.simulate')));
  });

  for (const name of [
    'stack_threading.py',
    'ticket_server.py',
    'ticket_flask.py',
    'deque_iteration.py',
    'counter_gil.py',
    'ticket-server.ts',
    'session.ts',
    'stack.ts',
  ]) {
    it(`warns about ${name}, and not about its fixed twin`, async () => {
      const language = name.endsWith('.py') ? 'python' : 'typescript';
      const editor = await openText(await text(workspaceFile(name)), language);
      await withDiagnostics(editor.document.uri);
      await replaceAll(editor, await text(workspaceFile(`fixed/${name}`)));
      await withoutDiagnostics(editor.document.uri);
    });
  }

  it('takes warnings back when the text no longer parses, is emptied, or the document closes', async () => {
    const source = await text(workspaceFile('stack.py'));
    const editor = await openText(source, 'python');
    const { uri } = editor.document;
    await withDiagnostics(uri);
    await replaceAll(editor, '');
    await withoutDiagnostics(uri);
    await replaceAll(editor, source);
    await withDiagnostics(uri);
    await replaceAll(editor, 'def (((:\n  while if\n');
    await withoutDiagnostics(uri);
    await replaceAll(editor, source);
    await withDiagnostics(uri);
    await closeAll();
    await withoutDiagnostics(uri);
  });

  it('offers fixes that were simulated; the first takes the warning away', async () => {
    const editor = await openText(await text(workspaceFile('stack_threading.py')), 'python');
    const { uri } = editor.document;
    const [warning] = await withDiagnostics(uri);
    assert.ok(warning);
    const fix = await eventually(
      async () =>
        (await quickFixes(uri, warning.range)).find(({ edit, title }) => edit !== undefined && title.includes('interleavings fail')),
      'a fix',
    );
    assert.ok(fix.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await withoutDiagnostics(uri);
  });

  it('disables a rule on one line by a comment', async () => {
    const editor = await openText(await text(workspaceFile('stack.py')), 'python');
    const { uri } = editor.document;
    for (let round = 0; round < 4; round++) {
      const [warning] = await withDiagnostics(uri);
      assert.ok(warning);
      const action = (await quickFixes(uri, warning.range)).find(({ title }) => title.startsWith('Disable '));
      assert.ok(action?.edit);
      const before = vscode.languages.getDiagnostics(uri).length;
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      await eventually(() => vscode.languages.getDiagnostics(uri).length < before, 'one warning fewer');
      if (vscode.languages.getDiagnostics(uri).every(({ source }) => source !== 'Race Replay')) return;
    }
    assert.fail('the warnings did not go');
  });

  it('is quiet about a file that is too large', async () => {
    const editor = await openText(`${await text(workspaceFile('stack.py'))}${'# filler\n'.repeat(60_001)}`, 'python');
    await new Promise((done) => setTimeout(done, 1_500));
    await withoutDiagnostics(editor.document.uri);
    assert.deepEqual(await lenses(editor.document.uri), []);
  });
});
