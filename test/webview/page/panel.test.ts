/** The panel in a real browser page: every key, every message, persistence, hostile text. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PanelCommand, PanelMessage } from '../../../src/protocol/panel.ts';
import {
  blockedTrace,
  boundedTrace,
  driveEnding,
  driveState,
  hostileTrace,
  longTrace,
  loopTrace,
  puzzle,
  sessionTrace,
  unsupportedTrace,
  verifiedTrace,
} from '../fixtures/others.ts';
import { stackTrace } from '../fixtures/stack.ts';
import { launch, openPanel } from './harness.ts';
import type { PanelPage } from './harness.ts';

let browser: Browser;
let panel: PanelPage;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());
afterEach(async () => {
  expect(panel.errors).toEqual([]);
  await panel.page.context().close();
});

const show = (trace = stackTrace(), cursor: number | null = null, banner: string | null = null): PanelMessage => ({
  type: 'trace',
  trace,
  cursor,
  banner,
});

async function open(messages: PanelMessage[] = [show()], options: Parameters<typeof openPanel>[1] = {}): Promise<void> {
  panel = await openPanel(browser, { reducedMotion: true, ...options });
  for (const message of messages) await panel.send(message);
}

/** The step the slider is at, counted from 0. */
async function at(): Promise<number> {
  return Number(await panel.page.getByRole('slider', { name: 'Step' }).getAttribute('aria-valuenow')) - 1;
}

async function press(key: string): Promise<number> {
  await panel.page.keyboard.press(key);
  await settle();
  return at();
}

async function settle(): Promise<void> {
  await panel.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

describe('opening', () => {
  it('says it is ready, shows the story and opens at the violation with the switches around it in view', async () => {
    await open();
    const posted = await panel.posted();
    expect(posted[0]).toEqual({ type: 'ready' });
    expect(posted.at(-1)).toEqual({ type: 'cursor', step: 7 });
    expect(await panel.page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'thread1 checked 2, but removed 9, which thread2 inserted in between.',
    );
    const scroller = await panel.page.locator('.scroller').boundingBox();
    for (const row of ['#row-4', '#row-6', '#row-7']) {
      const box = await panel.page.locator(row).boundingBox();
      expect(box && scroller && box.y >= scroller.y - 1 && box.y + box.height <= scroller.y + scroller.height + 20, row).toBe(true);
    }
    expect(await panel.page.locator('.violation-line').count()).toBe(1);
    expect(await panel.page.locator('.arrow').count()).toBe(1);
    expect(await panel.page.locator('.ghost s').textContent()).toBe('v = 2');
    expect(await panel.page.locator('.honest-line').textContent()).toContain('2 context switches, none with fewer');
  });
  it('shows the key places as buttons that move the cursor and reveal the code', async () => {
    await open();
    await panel.posted();
    await panel.page.getByRole('button', { name: /check/ }).first().click();
    await settle();
    expect(await at()).toBe(2);
    expect(await panel.posted()).toEqual([
      { type: 'reveal', range: { line: 8, column: 9, endLine: 8, endColumn: 21 } },
      { type: 'cursor', step: 2 },
    ]);
  });
});

describe('keys', () => {
  it('step, switch, lane, ends, violation', async () => {
    await open();
    expect(await press('ArrowLeft')).toBe(6);
    expect(await press('ArrowRight')).toBe(7);
    expect(await press('ArrowRight')).toBe(7);
    expect(await press('Shift+ArrowLeft')).toBe(6);
    expect(await press('Shift+ArrowLeft')).toBe(4);
    expect(await press('Shift+ArrowRight')).toBe(6);
    expect(await press(',')).toBe(3);
    expect(await press('.')).toBe(6);
    expect(await press('Home')).toBe(0);
    expect(await press('ArrowLeft')).toBe(0);
    expect(await press('v')).toBe(7);
    expect(await press('Home')).toBe(0);
    expect(await press('End')).toBe(7);
  });
  it('Space plays from the start and pauses; playing stops at the end', async () => {
    await open();
    await panel.page.getByLabel('Speed').selectOption('0.5');
    await panel.page.locator('.rows').focus();
    // Every step the slider comes by is written down in the page: how fast the machine is does not matter.
    await panel.page.evaluate(() => {
      const slider = document.querySelector('[role=slider]');
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => seen.push(slider?.getAttribute('aria-valuenow') ?? '')).observe(slider as Element, {
        attributeFilter: ['aria-valuenow'],
      });
    });
    const seen = (): Promise<string[]> => panel.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    await panel.page.keyboard.press('Space');
    await panel.page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.length >= 3);
    expect((await seen()).slice(0, 3)).toEqual(['1', '2', '3']);
    const stopped = await press('Space');
    expect(stopped).toBeLessThan(7);
    await panel.page.waitForTimeout(3000);
    expect(await at()).toBe(stopped);
    await panel.page.getByLabel('Speed').selectOption('4');
    await panel.page.locator('.rows').focus();
    await press('Space');
    await panel.page.waitForFunction(() => document.querySelector('[aria-label="Play"]') !== null, undefined, { timeout: 60_000 });
    await panel.page.waitForFunction(() => document.querySelector('[role=slider]')?.getAttribute('aria-valuenow') === '8');
    expect(await seen()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });
  it('F brings the cursor back to view', async () => {
    await open([show(longTrace())]);
    await panel.page.locator('.scroller').evaluate((element) => element.scrollTo(0, 0));
    await settle();
    expect(await panel.page.locator('.row[aria-selected=true]').count()).toBe(0);
    await press('f');
    await settle();
    expect(await panel.page.locator('.row[aria-selected=true]').count()).toBe(1);
  });
  it('? opens the help, Escape closes the topmost thing and gives the focus back', async () => {
    await open();
    await panel.page.getByRole('button', { name: 'Keys and help' }).focus();
    await press('?');
    expect(await panel.page.getByRole('dialog', { name: 'Keys' }).count()).toBe(1);
    expect(await press('ArrowLeft')).toBe(7);
    await press('Escape');
    expect(await panel.page.getByRole('dialog').count()).toBe(0);
    expect(await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Keys and help');
  });
  it('a digit starts driving from the cursor and moves that lane; Backspace undoes; Escape stops', async () => {
    await open([show(stackTrace(), 3)]);
    await panel.posted();
    await press('2');
    expect(await panel.posted()).toContainEqual({ type: 'driveStart', fromStep: 4 });
    await panel.send({ type: 'drive', state: driveState(4), puzzle: null });
    expect(await panel.posted()).toContainEqual({ type: 'driveMove', lane: 1, alternative: 0 });
    await press('1');
    await press('3');
    expect((await panel.posted()).filter((message) => message.type === 'driveMove')).toEqual([]);
    await press('Backspace');
    expect(await panel.posted()).toContainEqual({ type: 'driveUndo' });
    await press('Escape');
    expect(await panel.posted()).toContainEqual({ type: 'driveStop' });
    expect(await panel.page.locator('.drive').count()).toBe(0);
  });
  it('is at the violation when the same replay comes back after driving', async () => {
    await open();
    const opening = await at();
    await panel.send({ type: 'drive', state: driveState(4), puzzle: null });
    expect(await at()).not.toBe(opening);
    await panel.send(show());
    expect(await at()).toBe(opening);
  });
  it('leaves keys to the control that has the focus', async () => {
    await open();
    await panel.page.getByRole('button', { name: 'Search steps' }).click();
    await panel.page.keyboard.type('v, .1?');
    await settle();
    expect(await at()).toBe(7);
    expect(await panel.page.getByRole('textbox', { name: 'Search steps' }).inputValue()).toBe('v, .1?');
    await panel.page.getByRole('textbox').fill('sleep');
    await panel.page.keyboard.press('Enter');
    await settle();
    expect(await at()).toBe(3);
    await panel.page.keyboard.press('Enter');
    await settle();
    expect(await at()).toBe(5);
    expect(await panel.page.locator('.found').textContent()).toBe('2 of 2');
  });
});

describe('messages', () => {
  it('obeys every command', async () => {
    await open();
    const expected: [PanelCommand, number][] = [
      ['first', 0],
      ['stepForward', 1],
      ['nextSwitch', 2],
      ['nextInLane', 3],
      ['previousInLane', 2],
      ['previousSwitch', 0],
      ['last', 7],
      ['stepBack', 6],
      ['violation', 7],
      ['centre', 7],
      ['undo', 7],
      ['close', 7],
    ];
    for (const [command, step] of expected) {
      await panel.send({ type: 'command', command });
      expect(await at(), command).toBe(step);
    }
    await panel.send({ type: 'command', command: 'help' });
    expect(await panel.page.getByRole('dialog').count()).toBe(1);
    await panel.send({ type: 'command', command: 'close' });
    expect(await panel.page.getByRole('dialog').count()).toBe(0);
    await panel.send({ type: 'command', command: 'playPause' });
    expect(await panel.page.getByRole('button', { name: 'Pause' }).count()).toBe(1);
  });
  it('does not obey the echo of a key', async () => {
    await open();
    // The clock stands still: an echo comes soon, however slow the machine is.
    await panel.page.evaluate(() => {
      const then = performance.now();
      performance.now = () => then;
    });
    await panel.page.keyboard.press('ArrowLeft');
    await panel.send({ type: 'command', command: 'stepBack' });
    expect(await at()).toBe(6);
  });
  it('selects the step of the line the editor is on, the nearest of several', async () => {
    await open();
    await panel.send({ type: 'selectRange', line: 15 });
    expect(await at()).toBe(4);
    await panel.send({ type: 'selectRange', line: 16 });
    expect(await at()).toBe(5);
    await panel.send({ type: 'selectRange', line: 2 });
    expect(await at()).toBe(5);
  });
  it('shows progress, errors, and the trace after them', async () => {
    await open([]);
    expect(await panel.page.getByRole('heading').textContent()).toBe('No race open');
    await panel.send({ type: 'progress', text: 'Simulating' });
    expect(await panel.page.locator('.progress').textContent()).toBe('Simulating');
    await panel.send({ type: 'error', text: 'The worker stopped.' });
    expect(await panel.page.getByRole('alert').textContent()).toContain('The worker stopped.');
    await panel.posted();
    await panel.page.getByRole('button', { name: 'Try again' }).click();
    await panel.page.getByRole('button', { name: 'Settings' }).click();
    expect(await panel.posted()).toEqual([{ type: 'resimulate' }, { type: 'openSettings' }]);
    await panel.send(show());
    expect(await panel.page.getByRole('alert').count()).toBe(0);
    await panel.send({ type: 'progress', text: 'Again' });
    expect(await panel.page.locator('.rows').count()).toBe(1);
  });
  it('refuses a malformed trace in words, and ignores what is no message', async () => {
    await open([]);
    await panel.send({ type: 'trace', trace: { version: 2 } as never, cursor: null, banner: null });
    expect(await panel.page.getByRole('alert').textContent()).toContain('This trace cannot be shown: trace.version must be one of 1');
    await panel.send({ type: 'toString' } as never);
    await panel.send(null as never);
    await panel.send(show());
    expect(await at()).toBe(7);
  });
  it('shows each verdict', async () => {
    await open([show(verifiedTrace(), null, '0 of 96 interleavings fail')]);
    expect(await panel.page.getByRole('heading', { level: 1 }).textContent()).toBe('0 of 96 interleavings fail.');
    expect(await panel.page.locator('.banner').textContent()).toBe('0 of 96 interleavings fail');
    expect(await panel.page.locator('.violation-line').count()).toBe(0);
    await panel.send(show(boundedTrace()));
    expect(await panel.page.locator('.message').textContent()).toContain('stopped at 10,000 executions');
    await panel.send(show(unsupportedTrace()));
    await panel.posted();
    await panel.page.getByRole('button', { name: 'Show the construct' }).click();
    expect(await panel.posted()).toEqual([{ type: 'reveal', range: { line: 15, column: 9, endLine: 15, endColumn: 39 } }]);
  });
});

describe('driving', () => {
  it('offers the lanes that may move, says why others cannot, offers data alternatives', async () => {
    await open([show(), { type: 'drive', state: driveState(), puzzle: null }]);
    await panel.posted();
    const drive = panel.page.getByRole('region', { name: 'Drive' });
    expect(await drive.getByRole('button', { name: /main/ }).isDisabled()).toBe(true);
    expect(await drive.getByRole('button', { name: /main/ }).textContent()).toContain('has ended');
    await drive.getByRole('button', { name: /thread1/ }).click();
    await drive.getByRole('button', { name: 'raises OSError' }).click();
    await drive.getByRole('button', { name: 'Undo' }).click();
    const runOn = drive.getByRole('group', { name: 'Run on' });
    for (const name of ['One after the other', 'Take turns', 'At random', 'Into a violation', 'At random']) {
      await runOn.getByRole('button', { name }).click();
    }
    expect(await panel.posted()).toEqual([
      { type: 'driveMove', lane: 1, alternative: 0 },
      { type: 'driveMove', lane: 2, alternative: 1 },
      { type: 'driveUndo' },
      { type: 'driveRun', run: { strategy: 'serial' } },
      { type: 'driveRun', run: { strategy: 'round-robin' } },
      { type: 'driveRun', run: { strategy: 'random', seed: 1 } },
      { type: 'driveRun', run: { strategy: 'violation' } },
      { type: 'driveRun', run: { strategy: 'random', seed: 2 } },
    ]);
    await press('ArrowLeft');
    await drive.getByRole('button', { name: 'From step 3' }).click();
    expect(await panel.posted()).toContainEqual({ type: 'driveStart', fromStep: 3 });
  });
  it('has a key that leads to the ways to run on, and the keyboard chooses', async () => {
    await open([show(), { type: 'drive', state: driveState(), puzzle: null }]);
    await panel.posted();
    await press('r');
    expect(await panel.page.evaluate(() => document.activeElement?.textContent)).toBe('One after the other');
    await press('Tab');
    await press('Enter');
    expect(await panel.posted()).toContainEqual({ type: 'driveRun', run: { strategy: 'round-robin' } });
  });
  it('says what a search came to that found nothing', async () => {
    const state = driveState();
    const searched = (executions: number, exhausted: boolean): PanelMessage => {
      const ran = { how: { strategy: 'violation' as const }, moves: 0, search: { executions, exhausted } };
      return { type: 'drive', state: { ...state, ran }, puzzle: null };
    };
    await open([show(), searched(1234, true)]);
    const said = panel.page.locator('.drive-story');
    expect(await said.getAttribute('role')).toBe('status');
    expect(await said.textContent()).toBe('None of the 1,234 ways on from here fails.');
    await panel.send(searched(1, true));
    expect(await said.textContent()).toBe('The only way on from here does not fail.');
    await panel.send(searched(9000, false));
    expect(await said.textContent()).toContain('there are others');
  });
  it('compares a way that fails with the shortest, and shows that one when it is asked for', async () => {
    await open([show(), { type: 'drive', state: driveEnding('violation'), puzzle: null }]);
    await panel.posted();
    expect(await panel.page.locator('.reached').textContent()).toContain('has 5 context switches; 2 are enough, and none has fewer.');
    await panel.page.getByRole('button', { name: 'Show a shortest way' }).click();
    expect(await panel.posted()).toContainEqual({ type: 'driveRun', run: { strategy: 'shortest' } });
    const reached = { switches: 2, fewest: 2, proved: false };
    await panel.send({ type: 'drive', state: { ...driveEnding('violation'), reached }, puzzle: null });
    expect(await panel.page.locator('.reached').textContent()).toContain('no shorter one was found');
    expect(await panel.page.getByRole('button', { name: 'Show a shortest way' }).count()).toBe(0);
  });
  it('offers to try the old interleaving after a fix, and shows where it ends', async () => {
    const fixed: PanelMessage = { type: 'trace', trace: verifiedTrace(), cursor: null, banner: '0 of 96 interleavings fail', old: true };
    await open([fixed]);
    await panel.posted();
    await panel.page.getByRole('button', { name: 'Try the old interleaving' }).click();
    expect(await panel.posted()).toContainEqual({ type: 'followOld' });
    const { divergence } = blockedTrace();
    await panel.send(show(blockedTrace(), divergence?.step ?? -1, `Here it can’t go on: ${divergence?.reason ?? ''}.`));
    expect(await at()).toBe(divergence?.step);
    expect(await panel.page.locator('.row.selected').textContent()).toContain('the old order ends here');
    expect(await panel.page.locator('.banner').textContent()).toContain('withdraw #2 waits for lock, held by withdraw #1');
    expect(await panel.page.getByRole('button', { name: 'Try the old interleaving' }).count()).toBe(0);
  });

  it('goes where the debugger goes, and does not tell it back', async () => {
    await open();
    await panel.page.getByRole('button', { name: 'Step in the debugger' }).click();
    expect(await panel.posted()).toContainEqual({ type: 'debug' });
    await panel.send({ type: 'goTo', step: 3 });
    await settle();
    expect(await at()).toBe(3);
    expect(await panel.posted()).toEqual([]);
    expect(await press('ArrowRight')).toBe(4);
    expect(await panel.posted()).toContainEqual({ type: 'cursor', step: 4 });
  });

  it('says what came of a move that shows no step of its own', async () => {
    const drive = (quiet: ReturnType<typeof driveState>['quiet']): PanelMessage => ({
      type: 'drive',
      state: { ...driveState(), quiet },
      puzzle: null,
    });
    await open([show(), drive({ lane: 1, inside: 'second.start()', reason: '' })]);
    const story = panel.page.locator('.drive-story');
    expect(await story.textContent()).toMatch(/^thread1 went on inside second\.start\(\)\. \d+ moves, \d+ steps so far$/);
    await panel.send(drive({ lane: 2, inside: '', reason: 'its loop has reached the bound' }));
    expect(await story.textContent()).toMatch(/^thread2: its loop has reached the bound\. \d+ moves/);
  });

  it('shows the task of a puzzle in place of the story, and a banner once it is solved', async () => {
    // Nothing but the puzzle: no replay that would tell the answer.
    await open([{ type: 'drive', state: driveState(), puzzle }]);
    expect(await panel.page.locator('h1').textContent()).toBe(puzzle.task);
    expect(await panel.page.locator('.kicker').textContent()).toContain(puzzle.title);
    expect(await panel.page.locator('.solved').count()).toBe(0);
    await panel.send({ type: 'drive', state: driveEnding('violation'), puzzle });
    const banner = panel.page.locator('.solved');
    expect(await banner.getAttribute('role')).toBe('status');
    expect(await banner.textContent()).toContain('Solved. Run to its end, your way has 5 context switches; 2 are enough');
    await panel.posted();
    await banner.getByRole('button', { name: 'More puzzles…' }).click();
    expect(await panel.posted()).toContainEqual({ type: 'puzzles' });
    const ran = { how: { strategy: 'shortest' as const }, moves: 9, search: null };
    await panel.send({ type: 'drive', state: { ...driveEnding('violation'), ran }, puzzle: { ...puzzle, helped: true } });
    expect(await banner.textContent()).not.toContain('Solved');
  });
  it('leaving a puzzle asks the host for its replay', async () => {
    await open([{ type: 'drive', state: driveState(), puzzle }]);
    await panel.page.keyboard.press('Escape');
    expect(await panel.posted()).toContainEqual({ type: 'driveStop' });
    await panel.send(show());
    expect(await panel.page.locator('.verdict-mark').textContent()).toBe('Race');
  });
  it('says how it ended, and goes back to the replay', async () => {
    await open([show(), { type: 'drive', state: driveEnding('violation'), puzzle: null }]);
    expect(await panel.page.locator('.drive h2').textContent()).toBe('You hit the race.');
    await panel.send({ type: 'drive', state: driveEnding('safe'), puzzle: null });
    expect(await panel.page.locator('.drive h2').textContent()).toBe('It ended well.');
    await panel.page.getByRole('button', { name: 'Stop' }).click();
    await settle();
    expect(await at()).toBe(7);
  });
});

describe('views', () => {
  it('table mode has every step and moves the same cursor', async () => {
    await open();
    await panel.page.getByRole('tab', { name: 'Table' }).click();
    expect(await panel.page.getByRole('row').count()).toBe(9);
    await panel.page.getByRole('button', { name: 'Step 3', exact: true }).click();
    await settle();
    expect(await at()).toBe(2);
    await press('Home');
    expect(await panel.page.locator('tr[aria-current]').textContent()).toContain('Thread(target=thread1)');
  });
  it('compares with the serial order and marks the divergence', async () => {
    await open();
    await panel.page.getByRole('tab', { name: 'Compare' }).click();
    expect(await panel.page.locator('.compare-story').textContent()).toBe(
      'They part at step 5: here thread2 sees stack = [2, 8]; one after the other, it sees stack = [8].',
    );
    expect(await panel.page.locator('.divergence').count()).toBe(2);
    expect(await panel.page.locator('.differs-word').count()).toBe(1);
  });
  it('lists all outcomes when they are known', async () => {
    await open([show(sessionTrace())]);
    await panel.page.getByRole('tab', { name: 'Outcomes' }).click();
    expect(await panel.page.locator('.outcomes .compare-story').textContent()).toBe(
      '8 of 12 interleavings end in a state that no serial order gives.',
    );
    await panel.page.keyboard.press('ArrowRight');
    await settle();
    expect(await panel.page.getByRole('tab', { name: 'Timeline' }).getAttribute('aria-selected')).toBe('true');
  });
  it('hides lanes and shared state, marks the order, shares', async () => {
    await open();
    await panel.posted();
    await panel.page.getByRole('button', { name: 'What is shown' }).click();
    await panel.page.getByRole('menuitemcheckbox', { name: 'main' }).click();
    expect(await panel.page.locator('.row').count()).toBe(6);
    await panel.page.getByRole('menuitemcheckbox', { name: 'stack' }).click();
    expect(await panel.page.locator('.state-head').count()).toBe(0);
    await panel.page.getByRole('menuitemcheckbox', { name: /before and after/ }).click();
    await panel.page.keyboard.press('Escape');
    expect(await panel.page.locator('#row-1 .order-mark').textContent()).toBe('↑');
    await panel.page.getByRole('button', { name: 'Share' }).click();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    expect(await panel.posted()).toContainEqual({ type: 'share', format: 'mermaid' });
    expect(await panel.page.getByRole('menu').count()).toBe(0);
  });
  it('answers who wrote a value, and opens a long one', async () => {
    const trace = stackTrace();
    const long = `[${'1, '.repeat(60)}]`;
    const steps = trace.steps.map((step) => (step.index === 4 ? { ...step, after: { stack: long } } : step));
    await open([show({ ...trace, steps }, 6)]);
    await panel.posted();
    await panel.page.getByRole('button', { name: /Open stack in full/ }).click();
    expect(await panel.posted()).toContainEqual({ type: 'openValue', title: 'stack', text: long });
    await panel.page.getByRole('button', { name: /Who wrote this\?/ }).click();
    await settle();
    expect(await at()).toBe(4);
  });
  it('opens a collapsed run', async () => {
    await open([show(longTrace(300), 0)]);
    const runs = await panel.page.locator('.run-row').count();
    expect(runs).toBeGreaterThan(0);
    const options = await panel.page.locator('.row').count();
    await panel.page.locator('.run-row').first().click();
    await settle();
    expect(await panel.page.locator('.run-row').count()).toBeLessThan(runs + 1);
    expect(await panel.page.locator('.row:not(.run-row)').count()).toBeGreaterThan(options - runs);
  });
  it('clicking a step reveals it; the live region reads it', async () => {
    await open();
    await panel.posted();
    await panel.page.locator('#row-4').click();
    await settle();
    expect(await panel.page.locator('#live').textContent()).toContain('thread2, line 15: inserts 9 at the front.');
    expect((await panel.posted()).map((message) => message.type)).toEqual(['reveal', 'cursor']);
  });
  it('the scrubber seeks by pointer and says where it is', async () => {
    await open();
    const box = await panel.page.getByRole('slider', { name: 'Step' }).boundingBox();
    if (!box) throw new Error('no slider');
    await panel.page.mouse.click(box.x + box.width * 0.55, box.y + box.height / 2);
    await settle();
    expect(await at()).toBe(4);
    expect(await panel.page.getByRole('slider', { name: 'Step' }).getAttribute('aria-valuetext')).toBe(
      'step 5 of 8, C thread2, inserts 9 at the front, interferes',
    );
  });
});

describe('the event loop', () => {
  const loop = (): ReturnType<PanelPage['page']['locator']> => panel.page.getByRole('region', { name: 'Event loop' });
  const queues = (): Promise<string[]> => loop().locator('.queue').allInnerTexts();
  const oneLine = (texts: string[]): string[] => texts.map((text) => text.replace(/\s+/g, ' ').trim());

  it('shows what runs and what waits at the cursor, from the last step that recorded it', async () => {
    await open([show(loopTrace(), 4)], { width: 700 });
    expect(await loop().locator('.loop-running').textContent()).toBe('Runs: the script');
    expect(oneLine(await queues())).toEqual([
      "nextTick A main process.nextTick(log, 'tick') line 8",
      'microtasks A main queueMicrotask(flush) line 9 B buy #1 await pay(name) line 4 library code C buy #2 library code 2 more',
      'timers B buy #1 setTimeout(done, 10) in 10 ms C buy #2 setTimeout(done, 10) in 10 ms',
      'immediates setImmediate(report) line 10',
    ]);
    await press('ArrowLeft');
    expect(oneLine(await queues())[2]).toBe('timers B buy #1 setTimeout(done, 10) in 10 ms');
    await press('End');
    expect(await loop().locator('.loop-running').textContent()).toBe('Runs: a microtask, in a timer’s turn');
    expect(oneLine(await queues())).toEqual(['nextTick empty', 'microtasks empty', 'timers empty', 'immediates empty']);
    expect(await panel.page.locator('#live').textContent()).toContain('Nothing waits in the event loop.');
    await press('ArrowLeft');
    expect(await panel.page.locator('#live').textContent()).toContain('Waiting in the event loop: timers 1.');
  });

  it('reveals the source of what waits, and can be put away, also over a reload', async () => {
    await open([show(loopTrace(), 4)], { width: 380 });
    await panel.posted();
    await loop()
      .getByRole('button', { name: /buy #2.*in 10 ms/ })
      .click();
    expect(await panel.posted()).toContainEqual({ type: 'reveal', range: { line: 13, column: 45, endLine: 13, endColumn: 65 } });
    await panel.page.getByRole('button', { name: 'What is shown' }).click();
    await panel.page.getByRole('menuitemcheckbox', { name: 'Queues of the event loop' }).click();
    await panel.page.keyboard.press('Escape');
    expect(await loop().count()).toBe(0);
    await panel.page.waitForTimeout(250);
    await panel.page.reload();
    expect(await at()).toBe(4);
    expect(await loop().count()).toBe(0);
  });

  it('is not there for threads, nor for a trace of before there were queues', async () => {
    await open();
    expect(await loop().count()).toBe(0);
    const trace = loopTrace();
    await panel.send(show({ ...trace, steps: trace.steps.map(({ queues: _queues, ...step }) => step) }));
    expect(await at()).toBe(6);
    expect(await loop().count()).toBe(0);
  });
});

describe('reload', () => {
  it('restores trace, cursor and view, and keeps the step when the host sends the trace again', async () => {
    await open();
    await press('Home');
    await press('ArrowRight');
    await panel.page.getByRole('tab', { name: 'Table' }).click();
    await panel.page.waitForTimeout(250);
    await panel.page.reload();
    expect(await at()).toBe(1);
    expect(await panel.page.getByRole('tab', { name: 'Table' }).getAttribute('aria-selected')).toBe('true');
    await panel.send(show());
    expect(await at()).toBe(1);
    await panel.send(show(sessionTrace()));
    expect(await at()).toBe(6);
  });
  it('keeps the step of a trace that is too long to be saved, once the host sends it again', async () => {
    const long = longTrace(1_400);
    for (const step of long.steps) step.locals['text'] = 'x'.repeat(3_000);
    const other = longTrace(1_300);
    await open([show(long, 700)]);
    await press('ArrowRight');
    await panel.page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"cursor":701'));
    for (const [trace, isSame] of [
      [long, true],
      [other, false],
    ] as const) {
      await panel.page.reload();
      expect(await panel.page.getByRole('heading').textContent()).toBe('No race open');
      await panel.send(show(trace));
      expect((await at()) === 701).toBe(isSame);
    }
  });
  it('starts empty from a state that is no state', async () => {
    await open([]);
    for (const state of ['{"version":1,"trace":{}}', '[]', '"x"', '{"version":1,"trace":null,"cursor":"NaN"}']) {
      await panel.page.evaluate((value) => sessionStorage.setItem('state', value), state);
      await panel.page.reload();
      expect(await panel.page.getByRole('heading').textContent()).toBe('No race open');
    }
  });
});

describe('hostile text', () => {
  it('is shown as text, with invisible characters escaped and long values cut', async () => {
    await open([show(hostileTrace())]);
    for (const name of ['Table', 'Compare', 'Timeline']) {
      await panel.page.getByRole('tab', { name }).click();
      await settle();
      expect(await panel.page.locator('img, main b:has-text("bold"), main script').count()).toBe(0);
      const text = (await panel.page.locator('main').textContent()) ?? '';
      expect(text).toContain('<img src=x onerror=');
      expect(text).toContain('\\u202e');
      expect(text).not.toMatch(/[\u202a-\u202e\u0000-\u0008\u001b]/);
      expect(text.length).toBeLessThan(40_000);
    }
    expect(await panel.page.evaluate(() => 'hacked' in window)).toBe(false);
  });
});
