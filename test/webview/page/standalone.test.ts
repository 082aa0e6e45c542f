/** The standalone page, opened from disk: it works with no network, shows the source, and shares by itself. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toStandaloneHtml } from '../../../src/core/trace/html.ts';
import type { Trace } from '../../../src/core/trace/trace.ts';
import { hostileTrace, loopTrace } from '../fixtures/others.ts';
import { stackTrace } from '../fixtures/stack.ts';
import { bundle, launch } from './harness.ts';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), 'race-replay-page-'));
}, 60_000);
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

async function open(trace: Trace, width: number, scheme: 'light' | 'dark' = 'light'): Promise<{ page: Page; problems: string[] }> {
  const file = join(folder, 'trace.html');
  await writeFile(file, toStandaloneHtml(trace, await bundle('standalone')));
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, acceptDownloads: true, offline: true });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => !/^(file|blob):/.test(request.url()) && problems.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, problems };
}

it('replays beside the source, each lane at its line, and takes clicks on a line', async () => {
  const { page, problems } = await open(stackTrace(), 1200);
  expect(await page.title()).toContain('stack.py: thread1 checked 2');
  expect(await page.locator('.source-line.current code').textContent()).toContain('del stack[0]');
  expect(await page.locator('.source-line .badge').allTextContents()).toEqual(['B', 'C', 'A']);
  await page.locator('.source-line', { hasText: 'v = stack[0]' }).click();
  expect(await page.getByRole('slider', { name: 'Step' }).getAttribute('aria-valuenow')).toBe('3');
  await page.keyboard.press('ArrowRight');
  expect(await page.locator('.source-line.current code').textContent()).toContain('sleep(0.001)');
  expect(await page.getByRole('button', { name: /Drive/ }).count()).toBe(0);
  expect(problems).toEqual([]);
  await page.context().close();
});

it('shows the event loop in English, with nothing to press that leads nowhere', async () => {
  const { page, problems } = await open(loopTrace(), 420);
  await page.keyboard.press('Home');
  const loop = page.getByRole('region', { name: 'Event loop' });
  expect(await loop.locator('.loop-running').textContent()).toBe('Runs: the script');
  expect(await loop.locator('.waiting').count()).toBe(6);
  expect(await loop.getByRole('button').count()).toBe(0);
  expect(problems).toEqual([]);
  await page.context().close();
});

it('has the source as a view when narrow, and saves the trace as a file', async () => {
  const { page, problems } = await open(stackTrace(), 420, 'dark');
  await page.getByRole('tab', { name: 'Source' }).click();
  expect(await page.locator('.source-line').count()).toBe(20);
  await page.getByRole('button', { name: 'Share' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /race\.json/ }).click()]);
  expect(download.suggestedFilename()).toBe('stack.py.race.json');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(JSON.parse(Buffer.concat(chunks).toString('utf8'))).toEqual(stackTrace());
  expect(problems).toEqual([]);
  await page.context().close();
});

it('keeps hostile text inert, and shows a long value in a dialog', async () => {
  const { page, problems } = await open(hostileTrace(), 1200);
  expect(await page.locator('#root').textContent()).toContain('<img src=x onerror=');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await page
    .getByRole('button', { name: /in full/ })
    .first()
    .click();
  expect(await page.getByRole('dialog').locator('pre').textContent()).toMatch(/characters more$/);
  expect(problems).toEqual([]);
  await page.context().close();
});
