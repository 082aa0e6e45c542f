/**
 * Every snippet runs in the machine and in the Node that runs the tests; what they print must be the
 * same to the letter. Stack frames, which only a real engine has, are folded into one line.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { load, runText, runToEnd } from './machine.ts';

const folder = join(import.meta.dirname, 'snippets');
const names = readdirSync(folder).sort();
const expected = new Map<string, string>();
const run = promisify(execFile);

/** Frames of a printed stack become a single `at <anonymous>`. */
function foldStacks(text: string): string {
  const out: string[] = [];
  let inStack = false;
  for (const line of text.split('\n')) {
    const frame = /^( +)at .*?( \{)?$/.exec(line);
    if (!frame) out.push(line);
    else if (!inStack) out.push(`${frame[1]}at <anonymous>${frame[2] ?? ''}`);
    else if (frame[2]) out[out.length - 1] += frame[2];
    inStack = frame !== null;
  }
  return out.join('\n');
}

async function runInNode(name: string): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, [join(folder, name)], { timeout: 20_000 });
    return stdout;
  } catch (e) {
    return (e as { stdout?: string }).stdout ?? '';
  }
}

beforeAll(async () => {
  const queue = [...names];
  const worker = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) expected.set(name, await runInNode(name));
  };
  await Promise.all([worker(), worker()]);
}, 120_000);

describe('prints what Node prints', () => {
  it.each(names)(
    '%s',
    async (name) => {
      const outcome = runText(readFileSync(join(folder, name), 'utf8'), name);
      expect(outcome.unsupported).toBeNull();
      const printed = outcome.lines.map((line) => `${line}\n`).join('');
      // On a busy machine a real Node that starts late finds several timers due at once, in an order of
      // their lists; such a run is taken again, with nothing else of ours under way.
      let real = foldStacks(expected.get(name) ?? '');
      for (let again = 0; real !== printed && again < 3; again++) real = foldStacks(await runInNode(name));
      expect(printed).toBe(real);
    },
    60_000,
  );
});

describe('taking steps back', () => {
  it.each(names)('%s runs again as before', (name) => {
    const system = load(readFileSync(join(folder, name), 'utf8'), name);
    const first = runToEnd(system);
    const events = system.path.map((e) => JSON.stringify([e.process, e.accesses.map((a) => [a.location, a.kind]), e.spawned]));
    system.reset();
    expect(system.machine.output).toEqual([]);
    expect(runToEnd(system)).toEqual(first);
    expect(system.path.map((e) => JSON.stringify([e.process, e.accesses.map((a) => [a.location, a.kind]), e.spawned]))).toEqual(events);
  });
});
