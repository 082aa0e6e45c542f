/**
 * `npm test`: every check and every test suite, one after another, and at the very end one line
 * `N passed, N failed` over all of them (a check counts as one test). The exit status is 1 when
 * anything failed, also when a suite could not run or ran nothing. Names given as arguments run
 * only those suites: `npm test -- types unit`.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');
const results = join(root, 'test-results');
const bin = (name, script) => [process.execPath, join(root, 'node_modules', name, script)];

/** Runs a command with its output shown; resolves to its exit status, or -1 when it did not start. */
function run([command, ...args]) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    child.on('error', (error) => {
      console.error(String(error));
      done(-1);
    });
    child.on('exit', (code) => done(code ?? -1));
  });
}

/** A check is one test: it passes when its command ends with 0. */
const check = (command) => async () => ((await run(command)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** A suite writes its results to a file; a suite without results, or that failed otherwise, is one failure. */
function suite(command, file, count) {
  return async () => {
    const path = join(results, file);
    await rm(path, { force: true });
    const status = await run(command);
    try {
      const { passed, failed, names } = count(JSON.parse(await readFile(path, 'utf8')));
      if (passed + failed === 0) {
        console.error(`${file}: no test ran`);
        return { passed, failed: 1 };
      }
      return { passed, failed: failed === 0 && status !== 0 ? 1 : failed, names };
    } catch (error) {
      console.error(`${file}: ${error.message}`);
      return { passed: 0, failed: 1 };
    }
  };
}

const firstLine = (text) => text.trim().split('\n', 1)[0];

/** Vitest's JSON reporter; a file that could not be loaded has no tests and counts as one failure. */
function countVitest(report) {
  const broken = report.testResults.filter(
    (each) => each.status === 'failed' && each.assertionResults.every(({ status }) => status !== 'failed'),
  ).length;
  const names = report.testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const file = relative(root, name);
    if (failed.length === 0) return message ? [`${file}: ${firstLine(message)}`] : [];
    return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${firstLine(failureMessages[0] ?? '')}`);
  });
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, names };
}

/** The form of host.json and e2e.json; a test that was skipped did not pass. */
function countStates({ tests }) {
  const passed = tests.filter(({ state }) => state === 'passed').length;
  const names = tests.filter(({ state }) => state !== 'passed').map(({ title, error }) => `${title}: ${firstLine(error ?? '')}`);
  return { passed, failed: tests.length - passed, names };
}

const suites = {
  build: check([process.execPath, 'esbuild.mjs']),
  types: check([...bin('typescript', 'bin/tsc'), '-b']),
  lint: check([...bin('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0']),
  format: check([...bin('@biomejs/biome', 'bin/biome'), 'format', '.']),
  layers: check([...bin('dependency-cruiser', 'bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src']),
  unused: check([...bin('knip', 'bin/knip.js')]),
  unit: suite(
    [...bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(results, 'unit.json')}`],
    'unit.json',
    countVitest,
  ),
  host: suite([process.execPath, 'test/vscode/host.mjs'], 'host.json', countStates),
  e2e: suite([process.execPath, 'test/vscode/e2e.mjs'], 'e2e.json', countStates),
};

const asked = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const unknown = asked.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
await mkdir(results, { recursive: true });
const total = { passed: 0, failed: 0 };
const lines = [];
/** The tests that failed, named once more at the end: the log before may have been cut. */
const misses = [];
for (const [name, runSuite] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  const from = Date.now();
  const { passed, failed, names = [] } = await runSuite();
  misses.push(...names.map((each) => `${name}: ${each}`));
  total.passed += passed;
  total.failed += failed;
  lines.push(
    `${name.padEnd(8)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${((Date.now() - from) / 1000).toFixed(1)} s`,
  );
}
if (misses.length > 0) console.log(`\nFailed:\n${misses.join('\n')}`);
console.log(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
