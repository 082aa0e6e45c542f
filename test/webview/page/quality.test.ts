/** Accessibility in the four default themes, and how the panel feels with 2,000 steps. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longTrace } from '../fixtures/others.ts';
import { scenes } from '../screenshots.ts';
import { themes } from '../themes.ts';
import type { ThemeName } from '../themes.ts';
import { launch, openPanel } from './harness.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

interface AxeWindow {
  axe: {
    run(options: {
      resultTypes: string[];
    }): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[]; passes: unknown[] }>;
  };
}

/** What axe finds on the page, which must have axe in it. */
async function violations(page: Page): Promise<string[]> {
  const result = await page.evaluate(async () => {
    // Of the rules that are kept, only how many there are is asked for.
    const found = await (window as unknown as AxeWindow).axe.run({ resultTypes: ['violations'] });
    return {
      passes: found.passes.length,
      violations: found.violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`),
      ),
    };
  });
  expect(result.passes).toBeGreaterThan(5);
  return result.violations;
}

describe('axe finds nothing, in four themes and two widths', () => {
  it.each(scenes.map((scene) => [scene.name, scene] as const))(
    '%s',
    async (_name, scene) => {
      // Played once: width and theme change under the open panel, as they do in VS Code.
      const panel = await openPanel(browser, { width: 380, reducedMotion: true });
      for (const message of scene.messages) await panel.send(message);
      await scene.then?.(panel);
      await panel.page.evaluate(axe);
      for (const width of [380, 1000]) {
        await panel.page.setViewportSize({ width, height: panel.page.viewportSize()?.height ?? 800 });
        for (const theme of Object.keys(themes) as ThemeName[]) {
          await panel.setTheme(theme);
          expect(await violations(panel.page), `${theme}, ${width} px`).toEqual([]);
        }
      }
      expect(panel.errors).toEqual([]);
      await panel.page.context().close();
    },
    60_000,
  );
});

it('changes the theme under an open panel', async () => {
  const panel = await openPanel(browser, { reducedMotion: true });
  for (const theme of Object.keys(themes) as ThemeName[]) {
    await panel.setTheme(theme);
    const shown = await panel.page.evaluate(() => {
      const [, red, green, blue] = /rgb\((\d+), (\d+), (\d+)\)/.exec(getComputedStyle(document.body).backgroundColor) ?? [];
      return [document.body.className, `#${[red, green, blue].map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`];
    });
    expect(shown).toEqual([themes[theme].bodyClass, themes[theme].variables['editor-background']]);
  }
  await panel.page.context().close();
});

it('never scrolls sideways', async () => {
  for (const scene of scenes) {
    const panel = await openPanel(browser, { width: 1100, reducedMotion: true });
    for (const message of scene.messages) await panel.send(message);
    await scene.then?.(panel);
    for (const width of [1100, 700, 520, 380]) {
      await panel.page.setViewportSize({ width, height: panel.page.viewportSize()?.height ?? 800 });
      const wide = await panel.page.evaluate(async () => {
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return [document.documentElement, document.querySelector('main')].map((element) =>
          element ? element.scrollWidth - element.clientWidth : 0,
        );
      });
      expect(wide, `${scene.name} at ${width}`).toEqual([0, 0]);
    }
    await panel.page.context().close();
  }
}, 180_000);

describe('2,000 steps', () => {
  const frames = (page: Page, act: string): Promise<number[]> =>
    page.evaluate(
      (code) =>
        new Promise<number[]>((done) => {
          const times: number[] = [];
          let last = performance.now();
          const move = new Function('frame', code) as (frame: number) => void;
          const tick = (): void => {
            const now = performance.now();
            times.push(now - last);
            last = now;
            if (times.length > 120) return done(times);
            move(times.length);
            requestAnimationFrame(tick);
          };
          requestAnimationFrame(tick);
        }),
      act,
    );
  const summary = (times: number[]): string => {
    const sorted = [...times].sort((a, b) => a - b);
    const pick = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    return `median ${pick(0.5)} ms, 95th percentile ${pick(0.95)} ms, worst ${pick(0.999)} ms`;
  };

  /** Frame times, and how long the page's one thread worked for a frame, by kind of work. */
  const measured = async (page: Page, act: string): Promise<string> => {
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable');
    const metrics = async (): Promise<Map<string, number>> =>
      new Map((await client.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
    const before = await metrics();
    const times = await frames(page, act);
    const after = await metrics();
    const perFrame = (name: string): string =>
      `${((((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000) / times.length).toFixed(1)} ms`;
    await client.detach();
    const work = `${perFrame('TaskDuration')} of work (script ${perFrame('ScriptDuration')}, style ${perFrame('RecalcStyleDuration')}, layout ${perFrame('LayoutDuration')})`;
    return `${summary(times)}; each frame ${work}`;
  };

  it('scroll, step and play with few rows in the page; prints frame times', async () => {
    // The page's own policy forbids code from text, which this measurement needs.
    const panel = await openPanel(browser, { width: 900, reducedMotion: true, allowEval: true });
    const idle = await measured(panel.page, '');
    const started = performance.now();
    await panel.send({ type: 'trace', trace: longTrace(), cursor: null, banner: null });
    const opened = performance.now() - started;
    expect(await panel.page.locator('.row').count()).toBeLessThan(60);
    const scrolling = await measured(panel.page, "document.querySelector('.scroller').scrollTop = frame * 300");
    expect(await panel.page.locator('.row').count()).toBeLessThan(60);
    const stepping = await measured(
      panel.page,
      "dispatchEvent(new KeyboardEvent('keydown', { key: frame % 40 === 0 ? 'Home' : 'ArrowRight', bubbles: true }))",
    );
    await panel.page.getByRole('combobox').selectOption('4');
    await panel.page.keyboard.press('Home');
    await panel.page.locator('.scroller').focus();
    await panel.page.keyboard.press(' ');
    const playing = await measured(panel.page, '');
    expect(Number(await panel.page.getByRole('slider', { name: 'Step' }).getAttribute('aria-valuenow'))).toBeGreaterThan(1);
    console.log(
      `2,000 steps: opened in ${opened.toFixed(0)} ms\n  empty     ${idle}\n  scrolling ${scrolling}\n  stepping  ${stepping}\n  playing   ${playing}`,
    );
    await panel.page.context().close();
  }, 60_000);
});
