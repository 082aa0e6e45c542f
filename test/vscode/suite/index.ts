/**
 * Entry of the extension-host tests, the same for desktop VS Code and code-server: collects the
 * mocha suites, runs them, and writes each test's result to $RACE_REPLAY_TEST_RESULTS.
 */
import { writeFileSync } from 'node:fs';

interface Result {
  title: string;
  state: 'passed' | 'failed' | 'pending';
  duration: number;
  error?: string;
}

/** Rejects when a test failed, which VS Code turns into a non-zero exit code. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'min', color: false });
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  await import('./activation.test.ts');
  await import('./debugging.test.ts');
  await import('./editing.test.ts');
  await import('./replaying.test.ts');

  const tests: Result[] = [];
  const failures = await new Promise<number>((done) => {
    const runner = mocha.run(done);
    runner.on('test end', (test) => {
      tests.push({
        title: test.fullTitle(),
        state: test.state ?? 'pending',
        duration: test.duration ?? 0,
        ...(test.err ? { error: test.err.stack ?? String(test.err) } : {}),
      });
    });
    runner.on('fail', (test, error: Error) => {
      if ((test.type as string) === 'hook')
        tests.push({ title: test.fullTitle(), state: 'failed', duration: 0, error: error.stack ?? String(error) });
    });
  });
  const path = process.env['RACE_REPLAY_TEST_RESULTS'];
  if (path !== undefined) writeFileSync(path, JSON.stringify({ tests }, null, 2));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
