/**
 * Finds the programs that the VS Code tests need (Chromium) and starts and ends code-server. Every
 * process is ended by its own id; a missing program is an error with the command that installs it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { installCodeServer } from './install-code-server.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const chromiumPlaces = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Starts a headless Chromium that makes no requests of its own. */
export async function launchChromium() {
  const executablePath = chromiumPlaces.find((path) => path && existsSync(path));
  if (executablePath === undefined) {
    throw new Error('No Chromium found. Install one (apt-get install chromium) or set CHROMIUM_PATH.');
  }
  return chromium.launch({
    executablePath,
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

async function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** A folder that holds one code-server's extensions and user data; `remove` deletes it. */
export async function freshProfile(settings = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'race-replay-vscode-'));
  const extensions = join(folder, 'extensions');
  const userData = join(folder, 'user-data');
  await mkdir(extensions, { recursive: true });
  await mkdir(join(userData, 'User'), { recursive: true });
  const quiet = {
    'workbench.startupEditor': 'none',
    // Typed text is to stay as it is, and unsaved.
    'editor.autoIndent': 'none',
    'editor.autoClosingBrackets': 'never',
    'files.autoSave': 'off',
    'workbench.tips.enabled': false,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'extensions.autoCheckUpdates': false,
    'extensions.ignoreRecommendations': true,
    'update.mode': 'none',
    'telemetry.telemetryLevel': 'off',
    'git.enabled': false,
    'typescript.tsserver.enableRegionDiagnostics': false,
    'typescript.disableAutomaticTypeAcquisition': true,
    'editor.minimap.enabled': false,
    ...settings,
  };
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(quiet, null, 2));
  return { folder, extensions, userData, remove: () => rm(folder, { recursive: true, force: true }) };
}

function codeServerArguments(profile) {
  return ['--extensions-dir', profile.extensions, '--user-data-dir', profile.userData, '--disable-telemetry', '--disable-update-check'];
}

/** Runs code-server with the arguments until it ends; rejects with its output unless it ended well. */
export async function installVsix(profile, vsix) {
  const entry = await installCodeServer();
  await new Promise((done, failed) => {
    let output = '';
    const child = spawn(process.execPath, [entry, ...codeServerArguments(profile), '--install-extension', vsix], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', failed);
    child.on('exit', (code) => (code === 0 ? done() : failed(new Error(`code-server could not install ${vsix}:\n${output}`))));
  });
}

/**
 * Starts code-server on a free port with `workspace` open and waits until it answers.
 * Resolves to its host and port, its output so far, and `stop`.
 */
export async function startCodeServer(profile, workspace, { env = {}, trust = false } = {}) {
  const entry = await installCodeServer();
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const args = [
    entry,
    '--auth',
    'none',
    '--bind-addr',
    host,
    ...codeServerArguments(profile),
    ...(trust ? [] : ['--disable-workspace-trust']),
    workspace,
  ];
  let output = '';
  let ended = null;
  // In a process group of its own, so that its extension hosts end with it.
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const exit = new Promise((done) => child.on('exit', (code) => done((ended = code ?? -1))));
  const signal = (name) => {
    try {
      if (process.platform === 'win32') child.kill(name);
      else process.kill(-child.pid, name);
    } catch {
      // It has ended already.
    }
  };
  const stop = async () => {
    signal('SIGTERM');
    await Promise.race([exit, new Promise((done) => setTimeout(done, 5_000))]);
    signal('SIGKILL');
  };
  process.once('exit', () => signal('SIGKILL'));
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (ended !== null) throw new Error(`code-server ended with code ${ended}:\n${output}`);
    if (
      await fetch(`http://${host}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`code-server did not answer within a minute:\n${output}`);
    }
    await new Promise((done) => setTimeout(done, 150));
  }
  return { host, output: () => output, stop };
}
