/** The language server over its own protocol: what a client sends, and what it gets back. */
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, Hover } from 'vscode-languageserver';
import type { DriveResult, FileState, SimulateResult } from '../../src/protocol/lsp.ts';
import { type Calls, markerEngine } from './fixtures.ts';
import { startClient, type TestClient } from './client.ts';

const uri = 'file:///work/a.py';
const racy = 'def f():\n    RACE one\n';
let client: TestClient;

async function start(settings: unknown = {}, calls: Calls = { checked: [], options: [] }): Promise<Calls> {
  client = await startClient(markerEngine(calls), settings);
  return calls;
}
afterEach(() => client.stop());

describe('diagnostics', () => {
  it('mark the act, with source, rule, page, related places and data', async () => {
    await start();
    await client.open(uri, racy);
    const [diagnostic] = await client.diagnostics(uri, (d) => d.length === 1);
    expect(diagnostic).toMatchObject({
      source: 'Race Replay',
      code: 'check-then-act',
      severity: 2,
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 12 } },
      data: { findingId: 'finding-RACE one' },
    });
    expect(diagnostic?.codeDescription?.href).toMatch(/^https:.*check-then-act/);
    expect(diagnostic?.relatedInformation?.map((each) => each.message)).toEqual(['check: reads stack']);
  });

  it('follow the unsaved text', async () => {
    await start();
    await client.open(uri, racy);
    await client.diagnostics(uri, (d) => d.length === 1);
    await client.change(uri, 2, [{ range: { start: { line: 1, character: 4 }, end: { line: 1, character: 8 } }, text: 'fine' }]);
    expect(await client.diagnostics(uri, (d) => d.length === 0)).toEqual([]);
  });

  it('of a file are looked at again when a file that it imports is edited', async () => {
    const calls = await start();
    const imported = 'file:///work/b.py';
    await client.open(imported, 'fine\n');
    await client.diagnostics(imported);
    await client.open(uri, 'from b\n');
    await client.diagnostics(uri, (d) => d.length === 0);
    await client.change(imported, 2, [{ text: 'RACE two\n' }]);
    await client.diagnostics(imported, (d) => d.length === 1);
    expect((await client.diagnostics(uri, (d) => d.length === 1)).length).toBe(1);
    // Once, and the other way round not at all.
    expect(calls.checked.filter((f) => f.path.endsWith('a.py')).length).toBe(2);
    await client.change(uri, 2, [{ text: 'from b\nRACE one\n' }]);
    await client.diagnostics(uri, (d) => d.length === 2);
    expect(calls.checked.filter((f) => f.path.endsWith('b.py')).length).toBe(2);
  });

  it('are cleared when the text becomes empty, without waiting for a pause', async () => {
    const calls = await start();
    await client.open(uri, racy);
    await client.diagnostics(uri, (d) => d.length === 1);
    const before = calls.checked.length;
    await client.change(uri, 2, [{ text: '' }]);
    const from = performance.now();
    await client.diagnostics(uri, (d) => d.length === 0);
    expect(performance.now() - from).toBeLessThan(140);
    expect(calls.checked.length).toBe(before);
  });

  it('are cleared when the document closes', async () => {
    await start();
    await client.open(uri, racy);
    await client.diagnostics(uri, (d) => d.length === 1);
    await client.close(uri);
    await client.diagnostics(uri, (d) => d.length === 0);
  });

  it('come from the last of many quick edits only', async () => {
    const calls = await start();
    await client.open(uri, 'x = 1\n');
    await client.diagnostics(uri);
    for (let version = 2; version <= 12; version++) await client.change(uri, version, [{ text: `def f():\n    RACE ${version}\n` }]);
    const [last] = await client.diagnostics(uri, (d) => d.length === 1);
    expect(last?.message).toBe('race: RACE 12');
    expect(calls.checked.length).toBeLessThanOrEqual(3);
    for (const { version, diagnostics } of client.published) if (diagnostics.length > 0) expect(version).toBe(12);
  });

  it('are not computed for a file that is too large, which says so', async () => {
    const calls = await start();
    await client.open(uri, `${'x = 1\n'.repeat(60_001)}RACE\n`);
    await client.diagnostics(uri);
    const state = await client.request<FileState>('raceReplay/check', { uri });
    expect(state.problems[0]?.message).toContain('too large');
    expect(calls.checked).toEqual([]);
  });

  it('respect the settings', async () => {
    const calls = await start({
      rules: { 'lost-update': 'off', nonsense: 7 },
      budget: { maxExecutions: 5, milliseconds: 'soon' },
      runtime: 'cpython-3.13t',
    });
    await client.open(uri, racy);
    await client.diagnostics(uri, (d) => d.length === 1);
    expect(calls.options[0]).toMatchObject({
      disabledRules: ['lost-update'],
      severities: { 'lost-update': 'off' },
      maxExecutions: 5,
      timeoutMs: 2_000,
      runtime: 'cpython-3.13t',
    });
  });

  it('are off when the extension is', async () => {
    const calls = await start({ enable: false });
    await client.open(uri, racy);
    expect(await client.diagnostics(uri)).toEqual([]);
    expect(calls.checked).toEqual([]);
  });

  it("use the effect models of the document's folder", async () => {
    const calls = await start();
    await client.notify('raceReplay/models', {
      folders: [
        { uri: 'file:///work', content: { effects: [1] } },
        { uri: 'file:///work', content: { effects: [2] } },
        { uri: 'file:///other', content: {} },
      ],
    });
    await client.open(uri, racy);
    await client.diagnostics(uri, (d) => d.length === 1);
    expect(calls.options.at(-1)?.models).toEqual({ effects: [1, 2] });
  });
});

describe('lenses and hovers', () => {
  const text = 'def safe():\n    pass\ndef f():\n    RACE one\n';
  const lenses = () => client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });

  it('are above functions with a finding, and move with edits before the next answer', async () => {
    await start();
    await client.open(uri, text);
    await client.diagnostics(uri, (d) => d.length === 1);
    expect((await lenses()).map(({ range, command }) => [range.start.line, command?.title])).toEqual([[2, 'Simulate race']]);
    await client.change(uri, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n\n\n' }]);
    const [moved] = await lenses();
    expect(moved?.range.start).toEqual({ line: 5, character: 4 });
    expect(moved?.command?.arguments).toEqual([uri, 6, 'finding-RACE one']);
  });

  it('can be switched off', async () => {
    await start({ codeLens: { enable: false } });
    await client.open(uri, text);
    await client.diagnostics(uri, (d) => d.length === 1);
    expect(await lenses()).toEqual([]);
  });

  it('tell on the name of a safe function how many interleavings were explored', async () => {
    await start();
    await client.open(uri, text);
    await client.diagnostics(uri, (d) => d.length === 1);
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 5 } });
    expect(JSON.stringify(hover.contents)).toContain('96 interleavings explored, none fails');
    expect(JSON.stringify(hover.contents)).toContain('command:raceReplay.simulate');
    expect(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 1, character: 5 } })).toBeNull();
  });
});

describe('code actions', () => {
  it('offer the verified fix first, simulating, and disabling the rule', async () => {
    await start();
    await client.open(uri, racy);
    const diagnostics = await client.diagnostics(uri, (d) => d.length === 1);
    const range = { start: { line: 1, character: 5 }, end: { line: 1, character: 5 } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics },
    });
    expect(actions.map((action) => [action.title, action.isPreferred === true])).toEqual([
      ['Hold a lock (0 of 96 interleavings fail)', true],
      ['Simulate race', false],
      ['Disable check-then-act for this line', false],
    ]);
    expect(actions[2]?.edit?.changes?.[uri]).toEqual([
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        newText: '    # race-replay-disable-next-line check-then-act: reviewed\n',
      },
    ]);
  });

  it('are none while the text is newer than the answer', async () => {
    await start();
    await client.open(uri, racy);
    const diagnostics = await client.diagnostics(uri, (d) => d.length === 1);
    await client.change(uri, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' }]);
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    expect(await client.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics } })).toEqual([]);
  });
});

describe('requests', () => {
  const simulate = { uri, line: null, findingId: null, schedule: null, harness: null };

  it('simulate the open text, or a text given in its place', async () => {
    await start();
    await client.open(uri, racy);
    const own = await client.request<SimulateResult>('raceReplay/simulate', simulate);
    expect(own.trace?.source.text).toBe(racy);
    const given = await client.request<SimulateResult>('raceReplay/simulate', { ...simulate, text: 'x' });
    expect(given.trace?.source.text).toBe('x');
  });

  it('answer with an error for a document that is not open', async () => {
    await start();
    const result = await client.request<SimulateResult>('raceReplay/simulate', simulate);
    expect(result).toMatchObject({ trace: null, error: expect.stringContaining('not open') as string });
  });

  it('drive a session move by move, undo, and end it', async () => {
    await start();
    await client.open(uri, racy);
    const drive = (params: unknown) => client.request<DriveResult>('raceReplay/drive', params);
    const { session } = await drive({ type: 'start', simulate, from: { step: 0, moves: null, goal: 'race' } });
    await drive({ type: 'move', session, lane: 0, alternative: 0 });
    expect((await drive({ type: 'move', session, lane: 0, alternative: 0 })).state?.trace.contextSwitches).toBe(2);
    expect((await drive({ type: 'undo', session })).state?.trace.contextSwitches).toBe(1);
    expect((await drive({ type: 'rewind', session, step: 0 })).state?.trace.contextSwitches).toBe(0);
    await drive({ type: 'stop', session });
    expect(await drive({ type: 'undo', session })).toMatchObject({ state: null, error: expect.stringContaining('ended') as string });
  });
});
