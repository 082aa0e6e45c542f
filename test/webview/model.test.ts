/** The panel's view model: everything that is decided without a page. */
import { describe, expect, it } from 'vitest';
import { createEchoFilter } from '../../src/webview/echo.ts';
import { commandOfKey, keyHelp, laneOfKey } from '../../src/webview/model/keys.ts';
import { columnOrder, layoutOf, minorLanes } from '../../src/webview/model/layout.ts';
import { orderOf } from '../../src/webview/model/order.ts';
import { replayOf } from '../../src/core/trace/replay.ts';
import { dwell, openingStep } from '../../src/webview/model/pace.ts';
import { rowsOf, searchSteps, stepHeight, switchGap, violationRoom } from '../../src/webview/model/rows.ts';
import { stepLabel, stepSentence } from '../../src/webview/model/sentences.ts';
import { compareWithSerial, differenceWords } from '../../src/webview/model/serial.ts';
import { counterTrace, deadlockTrace, longTrace, sessionTrace, verifiedTrace } from './fixtures/others.ts';
import { stackTrace } from './fixtures/stack.ts';

const none = new Set<number>();
const stack = replayOf(stackTrace());

describe('replay', () => {
  it('opens at the violation, else at the end', () => {
    expect(openingStep(stack)).toBe(7);
    expect(openingStep(replayOf(deadlockTrace()))).toBe(3);
    expect(openingStep(replayOf(verifiedTrace()))).toBe(7);
  });
  it('finds the context switches', () => {
    expect(stack.switches).toEqual([2, 4, 6]);
  });
  it('shows locals as they are at a step, stale once the shared value has moved on', () => {
    expect(stack.localsAt(1, 1)).toEqual([]);
    expect(stack.localsAt(1, 3)).toMatchObject([{ name: 'v', value: '2', since: 2, stale: null }]);
    expect(stack.localsAt(1, 4)[0]?.stale).toMatchObject({ location: 'stack', staleStep: 4 });
    expect(stack.localsAt(2, 7)).toEqual([]);
  });
  it('shows a stale copy that is no local variable', () => {
    const session = replayOf(sessionTrace());
    expect(session.localsAt(0, 5)).toMatchObject([{ name: 'this.conn', value: 'null' }]);
    expect(session.localsAt(0, 3)).toEqual([]);
  });
  it('rests longest on the steps of the story', () => {
    expect(dwell(stack, 2)).toBeGreaterThan(dwell(stack, 6));
    expect(dwell(stack, 6)).toBeGreaterThan(dwell(stack, 5));
  });
});

describe('rows', () => {
  it('gives every step its place, with room for switches and the violation', () => {
    const rows = rowsOf(stack, { collapse: true, hiddenLanes: none, opened: none });
    expect(rows.list).toHaveLength(8);
    expect(rows.list.map((row) => row.switched)).toEqual([false, false, true, false, true, false, true, false]);
    expect(rows.list[6]).toMatchObject({ top: 6 * stepHeight + 2 * switchGap, height: stepHeight + switchGap });
    rows.list.forEach((row, index) =>
      expect(row.top).toBe(index === 0 ? 0 : (rows.list[index - 1]?.top ?? 0) + (rows.list[index - 1]?.height ?? 0)),
    );
    expect(rows.list[7]?.height).toBeGreaterThanOrEqual(stepHeight + violationRoom);
    expect(rows.rowAt(0)).toBe(0);
    expect(rows.rowAt(rows.height + 99)).toBe(7);
  });
  it('leaves hidden lanes out, and their switches', () => {
    const rows = rowsOf(stack, { collapse: true, hiddenLanes: new Set([2]), opened: none });
    expect(rows.list.map((row) => (row.kind === 'step' ? row.index : -1))).toEqual([0, 1, 2, 3, 6, 7]);
    expect(rows.rowOf(4)).toBe(-1);
    expect(rows.list[4]?.switched).toBe(false);
  });
  it('collapses runs of local steps and opens them again; every step keeps a row', () => {
    const long = replayOf(longTrace(500));
    const closed = rowsOf(long, { collapse: true, hiddenLanes: none, opened: none });
    const runs = closed.list.flatMap((row) => (row.kind === 'run' ? [row] : []));
    expect(runs.length).toBeGreaterThan(5);
    for (const run of runs) {
      for (let step = run.from; step <= run.to; step++) {
        const own = long.trace.steps[step];
        expect(own?.lane).toBe(run.lane);
        expect(own?.accesses).toEqual([]);
        expect(closed.list[closed.rowOf(step)]).toBe(run);
      }
    }
    const first = runs[0];
    if (!first) throw new Error('no run');
    const opened = rowsOf(long, { collapse: true, hiddenLanes: none, opened: new Set([first.from]) });
    expect(opened.list).toHaveLength(closed.list.length + first.to - first.from);
    const flat = rowsOf(long, { collapse: false, hiddenLanes: none, opened: none });
    expect(flat.list).toHaveLength(500);
    for (let step = 0; step < 500; step++) expect(opened.rowOf(step)).toBeGreaterThanOrEqual(0);
  });
  it('searches code, words, lanes, shared names and lines', () => {
    expect(searchSteps(stack, 'SLEEP')).toEqual([3, 5]);
    expect(searchSteps(stack, 'line 11')).toEqual([7]);
    expect(searchSteps(stack, 'thread2')).toEqual([1, 4, 5]);
    expect(searchSteps(stack, '  ')).toEqual([]);
  });
});

describe('layout', () => {
  const trace = (width: number) => layoutOf(stack, width, none, columnOrder(stack));
  it('is a rail when narrow, columns when there is room', () => {
    expect([320, 380, 700, 1100].map((width) => trace(width).mode)).toEqual(['rail', 'rail', 'columns', 'columns']);
    expect(layoutOf(replayOf(longTrace(100)), 600, none, []).mode).toBe('rail');
  });
  it.each([320, 380, 520, 700, 900, 1100, 1600])('never overlaps or leaves the panel at %i pixels', (width) => {
    for (const replay of [stack, replayOf(longTrace(100)), replayOf(counterTrace())]) {
      const layout = layoutOf(replay, width, none, columnOrder(replay));
      const xs = [...layout.x.values()];
      expect(xs).toEqual([...xs].sort((a, b) => a - b));
      expect(new Set(xs).size).toBe(xs.length);
      expect(layout.textRight).toBeLessThanOrEqual(width);
      expect(layout.textRight - Math.max(...xs)).toBeGreaterThan(100);
      let left = layout.textRight;
      for (const column of layout.columns) {
        expect(column.left).toBeGreaterThanOrEqual(left);
        left = column.left + column.width;
      }
      expect(left).toBeLessThanOrEqual(width);
    }
  });
  it('gives a lane outside the story less room', () => {
    expect([...minorLanes(stack)]).toEqual([0]);
    expect(minorLanes(replayOf(counterTrace())).size).toBe(0);
  });
  it('puts what is at stake first, what never changes last', () => {
    expect(columnOrder(replayOf(counterTrace()))).toEqual(['balance', 'limit']);
    expect(columnOrder(replayOf(longTrace(100)))).toEqual(['total', 'done', 'lock']);
  });
});

describe('sentences', () => {
  it('reads a step with its place, change, staleness and role', () => {
    expect(stepSentence(stack, 4)).toBe(
      "Step 5 of 8, lane C, thread2, line 15: inserts 9 at the front. stack changes from [2, 8] to [9, 2, 8]. thread1's v = 2 is stale now. This interferes: the check is stale from here on.",
    );
    expect(stepLabel(stack, 7)).toBe('step 8 of 8, B thread1, removes stack[0] = 9, act');
    expect(stepSentence(stack, 99)).toBe('');
  });
});

describe('happens-before', () => {
  it('orders steps of a lane, starts, and accesses of one location; the rest is concurrent', () => {
    expect(orderOf(stack, 3, 2)).toBe('before');
    expect(orderOf(stack, 2, 0)).toBe('before');
    expect(orderOf(stack, 0, 2)).toBe('after');
    expect(orderOf(stack, 4, 2)).toBe('before');
    expect(orderOf(stack, 4, 3)).toBe('concurrent');
    expect(orderOf(stack, 3, 4)).toBe('concurrent');
    expect(orderOf(stack, 7, 4)).toBe('before');
    expect(orderOf(stack, 4, 4)).toBe('same');
  });
  it('knows nothing without clocks', () => {
    const trace = stackTrace();
    const bare = replayOf({ ...trace, steps: trace.steps.map(({ clock: _clock, ...step }) => step) });
    expect(orderOf(bare, 4, 2)).toBeNull();
    expect(orderOf(bare, 3, 2)).toBe('before');
  });
});

describe('comparison with a serial order', () => {
  it('marks the first step that saw or did something else', () => {
    const found = compareWithSerial(stackTrace());
    expect(found).toEqual({ step: 4, serialStep: 6 });
    const trace = stackTrace();
    const [here, there] = [trace.steps[4], trace.serialWitness?.steps[6]];
    if (!here || !there) throw new Error('no such step');
    expect(differenceWords(here, there, (key) => key)).toEqual({ here: 'sees stack = [2, 8]', there: 'sees stack = [8]' });
  });
  it('is null without a serial witness, and empty when nothing differs', () => {
    expect(compareWithSerial(deadlockTrace())).toBeNull();
    const trace = verifiedTrace();
    expect(compareWithSerial({ ...trace, serialWitness: { order: 'the same', steps: trace.steps } })).toEqual({
      step: null,
      serialStep: null,
    });
  });
});

describe('keys', () => {
  it('maps every key of the help to a command or a lane', () => {
    const typed: Record<string, { key: string; shift: boolean }> = {
      Space: { key: ' ', shift: false },
      '←': { key: 'ArrowLeft', shift: false },
      '→': { key: 'ArrowRight', shift: false },
      'Shift ←': { key: 'ArrowLeft', shift: true },
      'Shift →': { key: 'ArrowRight', shift: true },
      Esc: { key: 'Escape', shift: false },
    };
    for (const row of keyHelp) {
      for (const key of row.keys.filter((name) => name !== '…')) {
        const press = typed[key] ?? { key, shift: false };
        expect(commandOfKey(press) ?? laneOfKey(press), key).not.toBeNull();
      }
    }
    expect(commandOfKey({ key: 'toString', shift: false })).toBeNull();
  });
});

describe('echo of a key by way of VS Code', () => {
  it('is ignored once, and only shortly', () => {
    let now = 0;
    const echo = createEchoFilter(() => now, 250);
    echo.handled('stepForward');
    expect(echo.isEcho('stepBack')).toBe(false);
    expect(echo.isEcho('stepForward')).toBe(true);
    expect(echo.isEcho('stepForward')).toBe(false);
    echo.handled('stepForward');
    now = 300;
    expect(echo.isEcho('stepForward')).toBe(false);
  });
});
