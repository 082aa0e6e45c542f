/** Witnesses on the real interpreters: what is confirmed, and that nothing is confirmed that did not happen. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirm } from '../../src/confirm/confirm.ts';
import type { Trace } from '../../src/core/trace/trace.ts';
import { buildCli, root } from '../cli/build.ts';
import { runCli } from '../cli/run.ts';

/** Positions of bytecode came with CPython 3.11. */
const python = spawnSync('python3', ['-c', 'import sys; print(sys.implementation.name, sys.version_info >= (3, 11))'], {
  encoding: 'utf8',
});
const hasPython = python.status === 0 && python.stdout.trim() === 'cpython True';

let cli = '';
let folder = '';
beforeAll(async () => {
  cli = await buildCli();
  folder = mkdtempSync(join(tmpdir(), 'race-replay-confirm-test-'));
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (cli !== '') rmSync(dirname(dirname(cli)), { recursive: true, force: true });
});

async function confirmed(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, text);
  const r = await runCli(cli, ['confirm', path, '--yes'], { cwd: folder });
  expect(r.stderr).toBe('');
  expect(readFileSync(path, 'utf8')).toBe(text);
  return `${r.status} ${r.stdout.trim()}`;
}

describe.skipIf(!hasPython)('CPython', () => {
  it('removes an element that was never checked', async () => {
    const text = `from time import sleep
from _thread import start_new_thread as thread
stack = [2, 3, 4, 5, 6, 7, 8]
def thread1():
    while 1:
        v = stack[0]
        sleep(0.001)
        if v % 2 == 0: del stack[0]
        sleep(0.001)
def thread2():
    while 1:
        stack.insert(0, stack[-1] + 1)
        sleep(0.002)
thread(thread2, ())
sleep(1)
thread(thread1, ())
`;
    expect(await confirmed('stack.py', text)).toMatch(/^0 confirmed on CPython 3\.\d+\.\d+\S*: stack == \[9, /);
  });
  it('loses an update within one statement', async () => {
    const text = `import threading
total = 0
def count():
    global total
    for _ in range(2):
        total += 1
a = threading.Thread(target=count)
b = threading.Thread(target=count)
a.start()
b.start()
a.join()
b.join()
print(total)
`;
    expect(await confirmed('count.py', text)).toMatch(/^0 confirmed on CPython 3\.\d+\.\d+\S*: total == [123]$/);
  });
  it('raises what the witness raises', async () => {
    const text = `import threading
jobs = [1]
def worker():
    while jobs:
        jobs.pop()
a = threading.Thread(target=worker)
b = threading.Thread(target=worker)
a.start()
b.start()
`;
    expect(await confirmed('jobs.py', text)).toMatch(/^0 confirmed on CPython .*IndexError: pop from empty list$/);
  });
  it('follows the order of completions on asyncio', async () => {
    const text = `import asyncio
balance = 100
async def withdraw(amount):
    global balance
    if balance >= amount:
        await asyncio.sleep(0.01)
        balance -= amount
async def main():
    await asyncio.gather(withdraw(80), withdraw(80))
asyncio.run(main())
`;
    expect(await confirmed('withdraw.py', text)).toMatch(/^0 confirmed on CPython .*balance == -60$/);
  });
  it('does not confirm a state that did not come about, and cleans up', async () => {
    const path = join(folder, 'lie.py');
    const text = `import threading
total = 0
def count():
    global total
    total += 1
a = threading.Thread(target=count)
b = threading.Thread(target=count)
a.start()
b.start()
a.join()
b.join()
`;
    writeFileSync(path, text);
    const r = await runCli(cli, ['simulate', path, '--format', 'json'], { cwd: folder });
    const trace = JSON.parse(r.stdout) as Trace;
    const before = readdirSync(tmpdir()).filter((n) => n.startsWith('race-replay-confirm-')).length;
    const lie: Trace = { ...trace, outcome: { observed: { total: '7' }, serial: [{ total: '2' }] } };
    const result = await confirm(lie, text, { python: 'python3', timeoutMs: 20_000, transpile: null });
    expect(result).toMatchObject({ confirmed: false });
    expect(result.detail).toMatch(/not reproduced/);
    expect(readdirSync(tmpdir()).filter((n) => n.startsWith('race-replay-confirm-')).length).toBe(before);
  });
  it('ends a program that does not end', async () => {
    const path = join(folder, 'hang.py');
    const text = `import threading
total = 0
def count():
    global total
    total += 1
a = threading.Thread(target=count)
b = threading.Thread(target=count)
a.start()
b.start()
a.join()
b.join()
`;
    writeFileSync(path, text);
    const trace = JSON.parse((await runCli(cli, ['simulate', path, '--format', 'json'], { cwd: folder })).stdout) as Trace;
    const started = Date.now();
    const result = await confirm(trace, 'while True:\n    pass\n', { python: 'python3', timeoutMs: 1500, transpile: null });
    expect(result.confirmed).toBe(false);
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});

describe('Node', () => {
  it('overdraws an account', async () => {
    const text = `let balance = 100;
async function pay() {
  await new Promise((resolve) => setTimeout(resolve, 10));
}
async function withdraw(amount) {
  if (balance >= amount) {
    await pay();
    balance -= amount;
  }
}
module.exports = { withdraw };
`;
    expect(await confirmed('bank.js', text)).toMatch(/^0 confirmed on Node \d+\.\d+\.\d+: balance is -\d+$/);
  });
  it('runs TypeScript by the compiler of its project', async () => {
    const text = `interface Pause { (ms: number): Promise<void> }
const pause: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let balance: number = 100;
export async function withdraw(amount: number): Promise<void> {
  if (balance >= amount) {
    await pause(1);
    balance -= amount;
  }
}
`;
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(join(root, 'node_modules', 'typescript'), join(folder, 'node_modules', 'typescript'), 'junction');
    expect(await confirmed('bank.ts', text)).toMatch(/^0 confirmed on Node \d+\.\d+\.\d+: balance is -\d+$/);
  });
  it('says so when the interpreter is not there', async () => {
    const trace = {
      source: { path: join(folder, 'x.py'), language: 'python', sha256: '' },
      violation: { kind: 'exception' },
      steps: [],
      lanes: [],
      harness: null,
      outcome: { observed: {}, serial: [] },
    } as unknown as Trace;
    const result = await confirm(trace, 'x = 1\n', { python: 'no-such-python', timeoutMs: 5000, transpile: null });
    expect(result.confirmed).toBe(false);
    expect(result.detail).toContain('did not start');
  });
});
