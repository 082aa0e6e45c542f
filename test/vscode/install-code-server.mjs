/**
 * Puts a real VS Code (code-server, VS Code's own workbench and extension host) into a cache folder
 * from the npm registry alone, once; for machines that cannot download the desktop build. The
 * folder is $RACE_REPLAY_CACHE, by default ~/.cache/race-replay. An interrupted install is thrown
 * away and begun again; a lock folder keeps two installs apart.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const codeServerVersion = '4.100.3';
/** node-pty's install script calls `npx node-gyp`, which would fetch one unasked; so it finds this one. */
const nodeGypVersion = '12.4.0';

export const cacheFolder = resolve(process.env.RACE_REPLAY_CACHE ?? join(homedir(), '.cache', 'race-replay'));
const target = join(cacheFolder, `code-server-${codeServerVersion}-node${process.versions.modules}`);
const marker = join(target, 'complete.json');
export const codeServerRoot = join(target, 'node_modules', 'code-server');
export const codeServerEntry = join(codeServerRoot, 'out', 'node', 'entry.js');

/** Native add-ons are compiled against the headers that came with this Node, when it has them. */
function nativeEnvironment() {
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h'));
  return headers ? { npm_config_nodedir: prefix } : {};
}

function run(log, cwd, args, env = {}) {
  return new Promise((done, failed) => {
    log.write(`\n$ (${cwd}) npm ${args.join(' ')}\n`);
    const child = spawn(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
      cwd,
      env: { ...process.env, ...nativeEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.on('error', failed);
    child.on('exit', (code) => (code === 0 ? done() : failed(new Error(`npm ${args.join(' ')} ended with code ${code}; see ${log.path}`))));
  });
}

function ripgrep() {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  return (
    (process.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path)) ?? null
  );
}

async function complete() {
  try {
    return JSON.parse(await readFile(marker, 'utf8')).version === codeServerVersion;
  } catch {
    return false;
  }
}

/** Waits until this process alone may install. A lock older than 20 minutes was left by a crash. */
async function lock(path) {
  for (;;) {
    try {
      await mkdir(path);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = await stat(path).then(
        (s) => Date.now() - s.mtimeMs,
        () => 0,
      );
      if (age > 20 * 60_000) await rm(path, { recursive: true, force: true });
      else await new Promise((done) => setTimeout(done, 2_000));
    }
  }
}

/** Its file search: the system's, which may have come after code-server was installed. */
async function giveRipgrep() {
  const rg = ripgrep();
  const bin = join(codeServerRoot, 'lib', 'vscode', 'node_modules', '@vscode', 'ripgrep', 'bin');
  const own = join(bin, process.platform === 'win32' ? 'rg.exe' : 'rg');
  if (rg === null || existsSync(own)) return;
  await mkdir(bin, { recursive: true });
  await copyFile(rg, own);
  await chmod(own, 0o755);
}

/**
 * Installs code-server unless it is there; resolves to the path of its entry script.
 * Rejects with the failing npm command and the path of its log.
 */
export async function installCodeServer(say = (text) => console.error(text)) {
  if (await complete()) {
    await giveRipgrep();
    return codeServerEntry;
  }
  await mkdir(cacheFolder, { recursive: true });
  const lockPath = `${target}.lock`;
  await lock(lockPath);
  try {
    if (await complete()) return codeServerEntry;
    const logPath = join(cacheFolder, `code-server-${codeServerVersion}.log`);
    const log = createWriteStream(logPath);
    const fresh = `${target}.part`;
    say(`Installing code-server ${codeServerVersion} into ${target}: some minutes, once. Log: ${logPath}`);
    await rm(fresh, { recursive: true, force: true });
    await rm(target, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    await writeFile(join(fresh, 'package.json'), JSON.stringify({ name: 'code-server-host', private: true }));
    await run(log, fresh, [
      'install',
      `code-server@${codeServerVersion}`,
      `node-gyp@${nodeGypVersion}`,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
    ]);
    const root = join(fresh, 'node_modules', 'code-server');
    const vscode = join(root, 'lib', 'vscode');
    await run(log, vscode, ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund']);
    await run(log, vscode, ['rebuild', '@vscode/spdlog', 'node-pty', 'native-watchdog']);
    await run(log, fresh, ['rebuild', 'argon2'], { npm_config_build_from_source: 'true' });
    await rename(fresh, target);
    await writeFile(marker, JSON.stringify({ version: codeServerVersion }));
    log.end();
    await giveRipgrep();
    return codeServerEntry;
  } finally {
    await rm(lockPath, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installCodeServer().then(
    (entry) => console.log(entry),
    (error) => {
      console.error(`code-server could not be installed: ${error.message}`);
      process.exitCode = 1;
    },
  );
}
