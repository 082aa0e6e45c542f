/** The panel, saved replays, samples and the tools for language models. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, saveTrace, tabsOf, text, withDiagnostics, workspaceFile } from './support.ts';

async function invoke(name: string, input: object): Promise<Record<string, unknown>> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value) as Record<string, unknown>;
}

describe('replaying', () => {
  afterEach(closeAll);

  it('opens one panel beside the editor, which keeps the focus, and uses it again', async () => {
    const uri = workspaceFile('stack.py');
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    const [warning] = await withDiagnostics(uri);
    await vscode.commands.executeCommand('raceReplay.simulate', uri.toString(), (warning?.range.start.line ?? 0) + 1, null);
    const [tab] = await eventually(() => {
      const tabs = tabsOf('raceReplay.panel');
      return tabs.length > 0 && tabs;
    }, 'the panel');
    assert.equal(tab?.group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
    await vscode.commands.executeCommand('raceReplay.simulate');
    assert.equal(tabsOf('raceReplay.panel').length, 1);
  });

  it('copies a schedule, and replays it from the clipboard text', async () => {
    const uri = workspaceFile('stack.py');
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    await withDiagnostics(uri);
    await vscode.commands.executeCommand('raceReplay.simulate', uri.toString(), 5, null);
    const result = await invoke('simulate_race', { path: 'stack.py' });
    assert.match(String(result['schedule']), /^rr1:/);
    await vscode.commands.executeCommand('raceReplay.replaySchedule', result['schedule']);
    await eventually(() => tabsOf('raceReplay.panel').length === 1, 'the panel');
  });

  it('opens a saved replay in its own read-only editor, and bad files without failing', async () => {
    saveTrace('saved.race.json');
    await vscode.workspace.fs.writeFile(workspaceFile('broken.race.json'), new TextEncoder().encode('{"version": 1, "steps": "none"'));
    for (const name of ['saved.race.json', 'broken.race.json']) {
      await vscode.commands.executeCommand('vscode.open', workspaceFile(name));
      await eventually(() => tabsOf('raceReplay.trace').some(({ label }) => label === name), name);
    }
  });

  it('opens a sample as an unsaved document', async () => {
    await vscode.commands.executeCommand('raceReplay.openSample', 'stack.py');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'python');
    assert.equal(document?.isUntitled, true);
    assert.equal(document?.getText(), await text(workspaceFile('stack.py')));
    await withDiagnostics(document.uri);
  });

  it('opens a puzzle as an unsaved document, with the panel beside it', async () => {
    for (const [name, language] of [
      ['last_seat.py', 'python'],
      ['search_box.ts', 'typescript'],
    ] as const) {
      await vscode.commands.executeCommand('raceReplay.puzzles', name);
      const document = vscode.window.visibleTextEditors.find((editor) => editor.viewColumn === vscode.ViewColumn.One)?.document;
      assert.equal(document?.languageId, language);
      assert.equal(document?.isUntitled, true);
      await eventually(() => tabsOf('raceReplay.panel').length === 1, 'the panel');
    }
  });

  it('answers language models with data', async () => {
    const found = await invoke('find_races', { path: 'stack.py' });
    assert.ok(Array.isArray(found['findings']) && found['findings'].length > 0);
    const simulated = await invoke('simulate_race', { path: 'stack.py' });
    assert.equal(simulated['verdict'], 'violation');
    const verified = await invoke('verify_fix', { path: 'stack.py', text: await text(workspaceFile('fixed/stack.py')) });
    assert.ok(['verified', 'bounded'].includes(String(verified['verdict'])), JSON.stringify(verified));
  });

  it('does not let a tool read outside the workspace', async () => {
    await assert.rejects(async () => invoke('find_races', { path: '../../etc/passwd' }));
    await assert.rejects(async () => invoke('find_races', { path: '/etc/passwd' }));
  });
});
