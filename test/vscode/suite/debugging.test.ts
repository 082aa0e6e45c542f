/** A replay stepped in VS Code's own debugger, and the panel that follows it and leads it. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, saveTrace, tabsOf, withDiagnostics, workspaceFile } from './support.ts';

interface Frame {
  name: string;
  line: number;
  source: { path?: string };
}

const active = (): vscode.DebugSession | undefined => vscode.debug.activeDebugSession;

/** Sends a request to the session as VS Code itself does. */
async function ask<T>(command: string, args: object = {}): Promise<T> {
  const session = active();
  assert.ok(session);
  return (await session.customRequest(command, args)) as T;
}

/** The line of a lane's frame (1-based). */
async function lineOf(lane: RegExp): Promise<number | undefined> {
  const { threads } = await ask<{ threads: { id: number; name: string }[] }>('threads');
  const thread = threads.find(({ name }) => lane.test(name));
  assert.ok(thread, `no thread ${String(lane)}`);
  return (await ask<{ stackFrames: Frame[] }>('stackTrace', { threadId: thread.id })).stackFrames[0]?.line;
}

/** The step that the replay on show is at, -1 without one. */
function panelAt(): number {
  return vscode.extensions.getExtension<{ step(): number | null }>('race-replay.race-replay')?.exports.step() ?? -1;
}

describe('debugging', () => {
  afterEach(async () => {
    await vscode.debug.stopDebugging();
    await eventually(() => active() === undefined, 'the end of the session');
    await vscode.commands.executeCommand('workbench.debug.viewlet.action.removeAllBreakpoints');
    await closeAll();
  });

  it('steps the replay in the panel forward and back, and follows the panel', async () => {
    const uri = workspaceFile('stack.py');
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    const [warning] = await withDiagnostics(uri);
    await vscode.commands.executeCommand('raceReplay.simulate', uri.toString(), (warning?.range.start.line ?? 0) + 1, null);
    await eventually(() => tabsOf('raceReplay.panel').length === 1, 'the panel');
    const violation = await eventually(() => {
      const at = panelAt();
      return at > 0 && at;
    }, 'the panel at its violation');
    await vscode.commands.executeCommand('raceReplay.debug');
    await eventually(() => active()?.type === 'race-replay', 'the session');
    await eventually(() => vscode.debug.activeStackItem !== undefined, 'the stop at the violation');

    const acting = await eventually(() => lineOf(/thread1$/), 'the act');
    assert.match((await vscode.workspace.openTextDocument(uri)).lineAt(acting - 1).text, /del stack\[0\]|if v % 2/);
    await vscode.commands.executeCommand('workbench.action.debug.stepBack');
    await eventually(() => panelAt() === violation - 1, 'the panel one step back');
    // Its page was told, too: a step from there is a step from where the debugger put it.
    await vscode.commands.executeCommand('raceReplay.panel.stepBack');
    await eventually(() => panelAt() === violation - 2, 'the panel two steps back');
    await vscode.commands.executeCommand('raceReplay.panel.violation');
    await eventually(() => panelAt() === violation, 'the panel at the violation again');
    await vscode.commands.executeCommand('workbench.action.debug.reverseContinue');
    const before = await eventually(() => {
      const at = panelAt();
      return at < violation && at;
    }, 'the panel at the context switch');
    await vscode.commands.executeCommand('workbench.action.debug.stepOver');
    await eventually(() => panelAt() === before + 1, 'the panel one step on');

    await vscode.commands.executeCommand('raceReplay.panel.first');
    await eventually(() => panelAt() === 0, 'the panel at its first step');
    await eventually(async () => (await lineOf(/main$/)) === 3, 'the debugger at the first step, too');
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await eventually(() => panelAt() > 0, 'the panel on its way');
  });

  it('ends when the panel shows something else', async () => {
    const uri = workspaceFile('stack.py');
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    await withDiagnostics(uri);
    await vscode.commands.executeCommand('raceReplay.simulate', uri.toString(), 8, null);
    await eventually(() => panelAt() > 0, 'the panel at its violation');
    await vscode.commands.executeCommand('raceReplay.debug');
    await eventually(() => vscode.debug.activeStackItem !== undefined, 'the stop at the violation');
    await vscode.commands.executeCommand('raceReplay.drive');
    await eventually(() => active() === undefined, 'the end of the session');
  });

  it('stops at a breakpoint in the editor', async () => {
    const uri = workspaceFile('stack.py');
    const { document } = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    await withDiagnostics(uri);
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('sleep(0.001)'));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(uri, new vscode.Position(line, 0)))]);
    await vscode.commands.executeCommand('raceReplay.simulate', uri.toString(), line, null);
    await eventually(() => panelAt() > 0, 'the panel at its violation');
    await vscode.commands.executeCommand('raceReplay.debug');
    await eventually(() => vscode.debug.activeStackItem !== undefined, 'the stop at the violation');
    await ask('restart');
    await eventually(() => panelAt() === 0, 'the first step');
    const visited = new Set<number | undefined>();
    for (let at = -1; at !== panelAt() && !visited.has(line + 1); ) {
      at = panelAt();
      await ask('continue', { threadId: 1 });
      visited.add(await lineOf(/thread1$/));
    }
    assert.ok(visited.has(line + 1), 'the breakpoint was passed');
  });

  it('opens a saved replay by a launch configuration', async () => {
    saveTrace('debugged.race.json');
    const started = await vscode.debug.startDebugging(undefined, {
      type: 'race-replay',
      request: 'launch',
      name: 'Saved',
      trace: workspaceFile('debugged.race.json').fsPath,
    });
    assert.equal(started, true);
    await eventually(() => vscode.debug.activeStackItem !== undefined, 'the stop at the violation');
    assert.equal(tabsOf('raceReplay.trace').length, 1);
    const { description } = await ask<{ description: string }>('exceptionInfo', { threadId: 1 });
    assert.match(description, /stack/);
    // Its editor is closed: there is nothing left to step.
    await closeAll();
    await eventually(() => active() === undefined, 'the end of the session');
  });
});
