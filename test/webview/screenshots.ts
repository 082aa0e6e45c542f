/**
 * Writes pictures of every state of the panel: `writeScreenshots(folder, …)`. Used by the project's
 * screenshots script; the traces are the fixtures of the view tests.
 */
import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import type { PanelMessage } from '../../src/protocol/panel.ts';
import * as others from './fixtures/others.ts';
import { stackTrace } from './fixtures/stack.ts';
import { launch, openPanel } from './page/harness.ts';
import type { PanelPage } from './page/harness.ts';
import type { ThemeName } from './themes.ts';

interface Scene {
  name: string;
  messages: PanelMessage[];
  /** What to do after the messages. */
  then?: (panel: PanelPage) => Promise<void>;
}

const show = (trace: ReturnType<typeof stackTrace>, cursor: number | null = null, banner: string | null = null): PanelMessage => ({
  type: 'trace',
  trace,
  cursor,
  banner,
});
const click =
  (selector: string) =>
  async ({ page }: PanelPage) => {
    await page.click(selector);
  };

export const scenes: Scene[] = [
  { name: 'stack', messages: [show(stackTrace())] },
  { name: 'stack-interference', messages: [show(stackTrace(), 4)] },
  { name: 'session', messages: [show(others.sessionTrace())] },
  { name: 'counter', messages: [show(others.counterTrace())] },
  { name: 'loop', messages: [show(others.loopTrace(), 4)] },
  { name: 'deadlock', messages: [show(others.deadlockTrace())] },
  { name: 'long', messages: [show(others.longTrace())] },
  {
    name: 'verified',
    messages: [{ ...show(others.verifiedTrace(), null, '0 of 96 interleavings fail: every one was explored.'), old: true } as PanelMessage],
  },
  {
    name: 'old-blocked',
    messages: [show(others.blockedTrace(), 2, 'Here your old interleaving can’t go on: withdraw #2 waits for lock, held by withdraw #1.')],
  },
  { name: 'bounded', messages: [show(others.boundedTrace())] },
  { name: 'unsupported', messages: [show(others.unsupportedTrace())] },
  { name: 'empty', messages: [] },
  { name: 'progress', messages: [{ type: 'progress', text: 'Simulating withdraw: 4,200 interleavings so far' }] },
  { name: 'error', messages: [{ type: 'error', text: 'The simulation worker stopped: out of memory.' }] },
  { name: 'drive', messages: [show(stackTrace()), { type: 'drive', state: others.driveState(), puzzle: null }] },
  { name: 'drive-violation', messages: [show(stackTrace()), { type: 'drive', state: others.driveEnding('violation'), puzzle: null }] },
  { name: 'drive-safe', messages: [show(stackTrace()), { type: 'drive', state: others.driveEnding('safe'), puzzle: null }] },
  {
    name: 'drive-searched',
    messages: [
      show(stackTrace()),
      {
        type: 'drive',
        state: {
          ...others.driveState(),
          ran: { how: { strategy: 'violation' }, moves: 0, search: { executions: 1234, exhausted: true } },
        },
        puzzle: null,
      },
    ],
  },
  { name: 'puzzle', messages: [{ type: 'drive', state: others.driveState(), puzzle: others.puzzle }] },
  { name: 'puzzle-solved', messages: [{ type: 'drive', state: others.driveEnding('violation'), puzzle: others.puzzle }] },
  { name: 'table', messages: [show(stackTrace())], then: click('#tab-table') },
  { name: 'compare', messages: [show(stackTrace())], then: click('#tab-compare') },
  { name: 'outcomes', messages: [show(others.sessionTrace())], then: click('#tab-outcomes') },
  { name: 'details', messages: [show(others.counterTrace())], then: click('.honest-line .link') },
  { name: 'view-menu', messages: [show(stackTrace())], then: click('[aria-label="What is shown"]') },
  { name: 'share-menu', messages: [show(stackTrace())], then: click('[aria-label="Share"]') },
  { name: 'help', messages: [show(stackTrace()), { type: 'command', command: 'help' }] },
  {
    name: 'order',
    messages: [show(stackTrace(), 4)],
    then: async (panel) => {
      await panel.page.click('[aria-label="What is shown"]');
      await panel.page.click('text=Mark what happens');
      await panel.page.keyboard.press('Escape');
    },
  },
  {
    name: 'search',
    messages: [show(stackTrace())],
    then: async (panel) => {
      await panel.page.click('[aria-label="Search steps"]');
      await panel.page.keyboard.type('sleep');
    },
  },
  { name: 'hostile', messages: [show(others.hostileTrace())] },
];

export interface ScreenshotOptions {
  themes?: ThemeName[];
  widths?: number[];
  height?: number;
  /** Only scenes with these names. */
  only?: string[];
}

/** Writes `<scene>-<theme>-<width>.png` files into `folder`; returns how many. */
export async function writeScreenshots(folder: string, options: ScreenshotOptions = {}, given?: Browser): Promise<number> {
  await mkdir(folder, { recursive: true });
  const browser = given ?? (await launch());
  let count = 0;
  try {
    for (const theme of options.themes ?? (['dark', 'light', 'hc-dark', 'hc-light'] as const)) {
      for (const width of options.widths ?? [380, 700, 1100]) {
        for (const scene of scenes.filter(({ name }) => !options.only || options.only.includes(name))) {
          const panel = await openPanel(browser, { width, height: options.height ?? 800, theme, reducedMotion: true });
          for (const message of scene.messages) await panel.send(message);
          await scene.then?.(panel);
          await panel.page.waitForTimeout(60);
          await panel.page.screenshot({ path: `${folder}/${scene.name}-${theme}-${width}.png` });
          await panel.page.context().close();
          count++;
        }
      }
    }
  } finally {
    if (!given) await browser.close();
  }
  return count;
}
