/**
 * Runs the extension-host tests (suite/index.ts) in a real VS Code: the desktop build through
 * @vscode/test-electron when VSCODE_EXECUTABLE_PATH names one or RACE_REPLAY_VSCODE=download, and
 * otherwise code-server driven by Chromium. Results go to test-results/host.json. Without a VS Code
 * this fails; it never skips.
 */
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { freshProfile, launchChromium, root, startCodeServer } from './places.mjs';

const suite = join(root, 'out', 'vscode-suite', 'index.js');
const results = join(root, 'test-results', 'host.json');
const limit = 300_000;

async function buildSuite() {
  await esbuild.build({
    entryPoints: [join(root, 'test', 'vscode', 'suite', 'index.ts')],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

async function makeWorkspace() {
  const folder = await mkdtemp(join(tmpdir(), 'race-replay-workspace-'));
  await cp(join(root, 'media', 'samples'), folder, { recursive: true });
  return folder;
}

async function inDesktop(workspace) {
  const { runTests } = await import('@vscode/test-electron');
  await runTests({
    ...(process.env.VSCODE_EXECUTABLE_PATH ? { vscodeExecutablePath: process.env.VSCODE_EXECUTABLE_PATH } : { version: '1.100.3' }),
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    extensionTestsEnv: { RACE_REPLAY_TEST_RESULTS: results },
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
  });
}

async function inCodeServer(workspace) {
  const profile = await freshProfile();
  const browser = await launchChromium();
  let server = null;
  try {
    server = await startCodeServer(profile, workspace, { env: { RACE_REPLAY_TEST_RESULTS: results } });
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    const remote = (path) => `vscode-remote://${server.host}${path}`;
    const ended = new Promise((done) => {
      page.exposeFunction('codeAutomationExit', (code) => done(code)).catch(done);
    });
    await page.exposeFunction('codeAutomationLog', (type, args) => {
      if (process.env.RACE_REPLAY_VERBOSE) console.error(`[${type}]`, ...args);
    });
    const payload = [
      ['extensionDevelopmentPath', remote(root)],
      ['extensionTestsPath', remote(suite)],
      ['skipWelcome', 'true'],
    ];
    await page.goto(
      `http://${server.host}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    );
    let timer;
    const late = new Promise((done) => (timer = setTimeout(() => done('late'), limit)));
    const outcome = await Promise.race([ended, late]);
    clearTimeout(timer);
    if (outcome === 'late') {
      await page.screenshot({ path: join(root, 'test-results', 'host-late.png') });
      throw new Error(`The tests did not end within ${limit / 1000} s; see test-results/host-late.png.\n${server.output().slice(-4000)}`);
    }
    if (outcome !== 0) process.exitCode = 1;
  } finally {
    await browser.close();
    await server?.stop();
    await profile.remove();
  }
}

async function main() {
  await mkdir(join(root, 'test-results'), { recursive: true });
  await rm(results, { force: true });
  await buildSuite();
  const workspace = await makeWorkspace();
  try {
    const desktop = process.env.VSCODE_EXECUTABLE_PATH || process.env.RACE_REPLAY_VSCODE === 'download';
    await (desktop ? inDesktop(workspace) : inCodeServer(workspace));
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
  const { tests } = JSON.parse(await readFile(results, 'utf8'));
  for (const test of tests)
    console.log(
      `${test.state === 'passed' ? '  ok  ' : ' FAIL '} ${test.title} (${test.duration} ms)${test.error ? `\n${test.error}` : ''}`,
    );
  if (tests.length === 0 || tests.some((test) => test.state !== 'passed')) process.exitCode = 1;
}

main().catch((error) => {
  console.error(`The extension-host tests could not run: ${error.stack ?? error}`);
  process.exitCode = 1;
});
