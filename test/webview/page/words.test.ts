/**
 * The panel in another language. The bundle of a made-up one puts every text in brackets, the traces
 * are in letters no text of the panel has: a Latin word outside brackets is one nobody can translate.
 */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PanelMessage } from '../../../src/protocol/panel.ts';
import { longTrace } from '../fixtures/others.ts';
import { scenes } from '../screenshots.ts';
import { launch, openPanel } from './harness.ts';
import type { PanelPage } from './harness.ts';

const english = Object.keys(JSON.parse(readFileSync(new URL('../../../l10n/bundle.l10n.json', import.meta.url), 'utf8')) as object);
const bracketed = Object.fromEntries(english.map((text) => [text, `⟦${text}⟧`]));

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

/** Latin letters to others, so that nothing of a trace looks like a text of the panel. */
const foreign = (text: string): string => text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x400));
/** Keys of a trace whose values are fixed words, and of objects that map a program's names. */
const fixed = new Set(['type', 'kind', 'role', 'verdict', 'language', 'turn', 'job', 'ending', 'format', 'command']);
const named = new Set(['locations', 'initial', 'before', 'after', 'locals', 'observed', 'state']);

function translate(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return fixed.has(key) ? value : foreign(value);
  if (Array.isArray(value)) return value.map((item) => (key === 'serial' ? translate(item, 'state') : translate(item)));
  if (typeof value !== 'object' || value === null) return value;
  const names = named.has(key) && !('trace' in value);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => (names ? [foreign(name), translate(item)] : [name, translate(item, name)])),
  );
}

const translated = (message: PanelMessage): PanelMessage => translate(message) as PanelMessage;

/** Every text a person can see or hear: what is written, and labels, tooltips, placeholders, what the slider says. */
function texts({ page }: PanelPage): Promise<string[]> {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    // As one text: a bracket that opens before an element closes after it.
    const found = [main?.textContent ?? ''];
    for (const element of main?.querySelectorAll('*') ?? []) {
      for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
    }
    return found;
  });
}

/** The words of a text that stand in no brackets. */
function outside(text: string): string[] {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  // One letter is a lane's, capitals alone are several.
  return rest.match(/[A-Za-z]*[a-z]{2,}[A-Za-z]*/g) ?? [];
}

describe.each(scenes.filter(({ name }) => name !== 'hostile').map((scene) => [scene.name, scene] as const))('%s', (name, scene) => {
  it('has no word that is not in the bundle', async () => {
    const panel = await openPanel(browser, { width: name === 'loop' ? 380 : 900, reducedMotion: true, words: bracketed });
    // The scenes find buttons by their English names.
    const { page } = panel;
    for (const message of scene.messages) await panel.send(translated(message));
    const click = page.click.bind(page);
    page.click = (selector, options) => click(selector.replace(/\[aria-label="(.*)"\]/, '[aria-label="⟦$1⟧"]'), options);
    await scene.then?.(panel);
    const all = await texts(panel);
    expect(all[0]?.includes('⟦')).toBe(scene.messages.every(({ type }) => type !== 'progress'));
    expect(all.flatMap(outside)).toEqual([]);
    expect(panel.errors).toEqual([]);
    await page.context().close();
  });
});

it('puts values where the translation has them, in its own order', async () => {
  const words = { 'line {0}': '{0}. Zeile', 'step {0}, {1}': '{1}: {0}. Schritt', '{0} on {1}': 'an {1}: {0}', Race: '<b>Wettlauf</b>' };
  const panel = await openPanel(browser, { reducedMotion: true, words });
  await panel.send({ type: 'trace', trace: longTrace(60), cursor: 4, banner: null });
  const line = longTrace(60).steps[4]?.range.line ?? 0;
  expect(await panel.page.locator('.dock-place').textContent()).toBe(`${line}. Zeile: 5. Schritt`);
  expect(await panel.page.locator('.kicker .ellipsis').textContent()).toMatch(/^an .+: .+/);
  // A translation is text too; what it lacks stays English.
  expect(await panel.page.locator('.verdict-mark').textContent()).toBe('<b>Wettlauf</b>');
  expect(await panel.page.getByRole('tab', { name: 'Timeline' }).count()).toBe(1);
  await panel.page.context().close();
});
