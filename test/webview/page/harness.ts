/**
 * Shows the panel in a plain Chromium page as VS Code would: the same content security policy, theme
 * variables set on the root element, and a stand-in for `acquireVsCodeApi` that records what the
 * panel posts and keeps its state over a reload. The page is served from memory; nothing is fetched.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { embedJson } from '../../../src/core/trace/html.ts';
import type { PanelMessage, PanelRequest } from '../../../src/protocol/panel.ts';
import { themes } from '../themes.ts';
import type { ThemeName } from '../themes.ts';

const webview = fileURLToPath(new URL('../../../src/webview/', import.meta.url));
const origin = 'http://panel.test/';

export interface Bundle {
  script: string;
  css: string;
}

const bundles = new Map<string, Promise<Bundle>>();

/** Bundles an entry of src/webview in memory, once per process. */
export function bundle(entry: 'main' | 'standalone'): Promise<Bundle> {
  let made = bundles.get(entry);
  if (!made) {
    made = build({
      entryPoints: [`${webview}${entry}.tsx`],
      bundle: true,
      write: false,
      outdir: '/bundle',
      format: 'iife',
      target: 'es2022',
      minify: true,
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'silent',
    }).then(({ outputFiles }) => ({
      script: outputFiles.find((file) => file.path.endsWith('.js'))?.text ?? '',
      css: outputFiles.find((file) => file.path.endsWith('.css'))?.text ?? '',
    }));
    bundles.set(entry, made);
  }
  return made;
}

/** Chromium, from CHROMIUM_PATH or where distributions put it. */
export async function launch(): Promise<Browser> {
  const found = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path): path is string => path !== undefined && path !== '' && existsSync(path),
  );
  if (!found) throw new Error('No Chromium found: set CHROMIUM_PATH to one to run the page tests.');
  return chromium.launch({
    executablePath: found,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface PanelPage {
  page: Page;
  /** Sends a message as the host. */
  send: (message: PanelMessage) => Promise<void>;
  /** Changes the theme as VS Code does with a panel that is open: the variables and the body's class. */
  setTheme: (name: ThemeName) => Promise<void>;
  /** What the panel has posted since the last call, oldest first. */
  posted: () => Promise<PanelRequest[]>;
  /** Errors of the page: exceptions and console errors (policy violations among them). */
  errors: string[];
}

interface HostWindow {
  posted: PanelRequest[];
  __name?: unknown;
}

/** Opens the panel, empty, at a size and in a theme. */
export async function openPanel(
  browser: Browser,
  options: {
    width?: number;
    height?: number;
    theme?: ThemeName;
    reducedMotion?: boolean;
    allowEval?: boolean;
    words?: Readonly<Record<string, string>>;
  } = {},
): Promise<PanelPage> {
  const { script, css } = await bundle('main');
  const theme = themes[options.theme ?? 'dark'];
  const context = await browser.newContext({
    viewport: { width: options.width ?? 700, height: options.height ?? 800 },
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const words = options.words ? `<script type="application/json" id="words">${embedJson(options.words)}</script>` : '';
  const policy = `default-src 'none'; style-src 'nonce-test'; script-src 'nonce-test'${options.allowEval ? " 'unsafe-eval'" : ''}; img-src data:`;
  await page.route(`${origin}**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Race Replay</title><style nonce="test">${css}</style></head><body class="${theme.bodyClass}" data-vscode-theme-kind="${theme.kind}"><div id="root"></div>${words}<script nonce="test">${script.replace(/<\/script/gi, '<\\/script')}</script></body></html>`,
    }),
  );
  await page.addInitScript((variables: Record<string, string>) => {
    const host = window as unknown as HostWindow & { acquireVsCodeApi: unknown };
    host.posted = [];
    host.acquireVsCodeApi = () => ({
      postMessage: (message: PanelRequest) => host.posted.push(JSON.parse(JSON.stringify(message)) as PanelRequest),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
      setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    });
    const apply = (): void => {
      for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
    };
    if (document.documentElement) apply();
    else
      new MutationObserver((_, observer) => {
        if (document.documentElement) {
          observer.disconnect();
          apply();
        }
      }).observe(document, { childList: true });
  }, theme.variables);
  await page.goto(origin);
  return {
    page,
    errors,
    send: async (message) => {
      await page.evaluate((value) => window.postMessage(value, '*'), message as unknown);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    },
    setTheme: async (name) => {
      const { bodyClass, kind, variables } = themes[name];
      await page.evaluate(
        ([given, className, themeKind]) => {
          const { style } = document.documentElement;
          for (const old of [...style].filter((property) => property.startsWith('--vscode-'))) style.removeProperty(old);
          for (const [key, value] of Object.entries(given)) style.setProperty(`--vscode-${key}`, value);
          document.body.className = className;
          document.body.dataset['vscodeThemeKind'] = themeKind;
        },
        [variables, bodyClass, kind] as const,
      );
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    },
    posted: () =>
      page.evaluate(() => {
        const host = window as unknown as HostWindow;
        const all = host.posted;
        host.posted = [];
        return all;
      }),
  };
}
