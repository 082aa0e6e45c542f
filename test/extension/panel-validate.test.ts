/** Messages from the webview: the right ones come through as they are, everything else is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PanelRequest } from '../../src/protocol/panel.ts';
import { parsePanelRequest } from '../../src/protocol/panel-validate.ts';

const range = { line: 1, column: 2, endLine: 3, endColumn: 4 };
const requests: PanelRequest[] = [
  { type: 'ready' },
  { type: 'cursor', step: 0 },
  { type: 'reveal', range },
  { type: 'reveal', range: { ...range, path: '/a.py' } },
  { type: 'resimulate' },
  { type: 'driveStart', fromStep: 3 },
  { type: 'driveMove', lane: 1, alternative: 0 },
  { type: 'driveUndo' },
  { type: 'driveRun', run: { strategy: 'serial' } },
  { type: 'driveRun', run: { strategy: 'round-robin' } },
  { type: 'driveRun', run: { strategy: 'random', seed: 7 } },
  { type: 'driveRun', run: { strategy: 'violation' } },
  { type: 'driveRun', run: { strategy: 'shortest' } },
  { type: 'puzzles' },
  { type: 'driveStop' },
  { type: 'share', format: 'svg' },
  { type: 'openValue', title: 'stack', text: '[1]' },
  { type: 'openSettings' },
];

describe('parsePanelRequest', () => {
  it.each(requests)('lets %j through', (request) => {
    expect(parsePanelRequest(request)).toEqual(request);
  });

  it.each(requests)('drops what does not belong to %j', (request) => {
    expect(parsePanelRequest({ ...request, extra: 'x', command: 'workbench.action.terminal.new' })).toEqual(request);
  });

  it.each([
    null,
    'ready',
    [],
    {},
    { type: 'command' },
    { type: 'cursor', step: -1 },
    { type: 'cursor', step: 1.5 },
    { type: 'cursor', step: Number.NaN },
    { type: 'reveal', range: { ...range, line: 0 } },
    { type: 'reveal', range: { ...range, path: 7 } },
    { type: 'reveal' },
    { type: 'driveMove', lane: 0 },
    { type: 'driveRun', strategy: 'serial' },
    { type: 'driveRun', run: { strategy: 'guess' } },
    { type: 'driveRun', run: { strategy: 'random' } },
    { type: 'driveRun', run: { strategy: 'random', seed: -1 } },
    { type: 'driveRun', run: null },
    { type: 'share', format: 'exe' },
    { type: 'openValue', title: 'x' },
    { type: 'openValue', title: 'x', text: 'y'.repeat(5_000_001) },
  ])('refuses %j', (value) => {
    expect(parsePanelRequest(value)).toBeNull();
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (value) => void parsePanelRequest(value)));
  });
});
