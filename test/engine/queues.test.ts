/** What the recording says of the event loop's queues, against what Node and asyncio would have waiting. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { parseTrace } from '../../src/core/trace/parse.ts';
import type { Trace, TraceQueues } from '../../src/core/trace/trace.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

function simulate(file: SourceFile): Trace {
  const trace = engine.simulate({ file, line: null }, options, control);
  expect(parseTrace(JSON.parse(JSON.stringify(trace))).problems).toEqual([]);
  return trace;
}

/** The queues after the first step of a lane whose text begins so, as `turn/job kind: texts`. */
function after(trace: Trace, lane: string, text: string): string[] {
  const ids = trace.lanes.flatMap(({ id, name }) => (name === lane ? [id] : []));
  const index = trace.steps.findIndex((step) => ids.includes(step.lane) && step.text.startsWith(text));
  expect(index, `${lane}: ${text}`).toBeGreaterThanOrEqual(0);
  const queues = trace.steps.slice(0, index + 1).findLast((step) => step.queues)?.queues;
  return queues ? words(queues) : [];
}

function words({ turn, job, waiting }: TraceQueues): string[] {
  return [
    `${turn ?? 'no'} turn, ${job}`,
    ...waiting.map(
      ({ kind, count, first }) => `${kind} ${count}: ${first.map((w) => w.text + (w.due === undefined ? '' : ` in ${w.due}`)).join('; ')}`,
    ),
  ];
}

const queueing = `const log: string[] = [];
let seats = 1;
async function buy(name: string) {
  if (seats > 0) {
    await new Promise((r) => setTimeout(r, 10));
    seats--;
    log.push(name);
  }
}
process.nextTick(() => log.push('tick'));
queueMicrotask(() => log.push('microtask'));
setImmediate(() => log.push('immediate'));
Promise.all([buy('a'), buy('b')]).then(() => console.log(seats));
`;
const tick = "process.nextTick(() => log.push('tick'))";
const microtask = "queueMicrotask(() => log.push('microtask'))";
const immediate = "setImmediate(() => log.push('immediate'))";

describe('a program that uses every queue of Node', () => {
  it('empties them in the order Node does', () => {
    const trace = simulate(typescript(queueing));
    const timers = 'timers 2: setTimeout(r, 10) in 10; setTimeout(r, 10) in 10';
    expect(after(trace, 'buy #2', 'await new')).toEqual([
      'script turn, callback',
      `ticks 1: ${tick}`,
      `microtasks 1: ${microtask}`,
      timers,
      `immediates 1: ${immediate}`,
    ]);
    expect(after(trace, 'main', "log.push('tick')")).toEqual([
      'script turn, tick',
      `microtasks 1: ${microtask}`,
      timers,
      `immediates 1: ${immediate}`,
    ]);
    expect(after(trace, 'main', "log.push('microtask')")).toEqual(['script turn, microtask', timers, `immediates 1: ${immediate}`]);
    expect(after(trace, 'immediate #1', "log.push('immediate')")).toEqual(['immediate turn, callback', timers]);
    // The first timer's turn resumes its waiter in a microtask; the other timer is due.
    expect(after(trace, 'buy #1', 'seats--')).toEqual(['timer turn, microtask', 'timers 1: setTimeout(r, 10) in 0']);
    expect(after(trace, 'buy #2', 'seats--')).toEqual(['timer turn, microtask']);
  });

  it('is recorded only where something changes, and not for the serial order, which has no real loop', () => {
    const trace = simulate(typescript(queueing));
    const recorded = trace.steps.flatMap(({ queues }) => (queues ? [JSON.stringify(queues)] : []));
    expect(recorded.length).toBeGreaterThan(4);
    recorded.forEach((text, index) => expect(text).not.toBe(recorded[index - 1]));
    expect(trace.serialWitness?.steps.length).toBeGreaterThan(0);
    expect(trace.serialWitness?.steps.filter(({ queues }) => queues)).toEqual([]);
  });

  it('lists a few of many, and counts the others', () => {
    const trace = simulate(typescript(queueing.replace("buy('b')", "buy('b'), buy('c'), buy('d'), buy('e'), buy('f')")));
    const timers = trace.steps.flatMap(({ queues }) => queues?.waiting.filter(({ kind }) => kind === 'timers') ?? []);
    const most = timers.toSorted((a, b) => b.count - a.count)[0];
    expect(most?.count).toBe(6);
    expect(most?.first).toHaveLength(4);
  });
});

it('what comes from outside waits as a completion', () => {
  const trace = simulate(
    typescript(`let cached: string | null = null;
export async function load(url: string) {
  if (cached === null) {
    const answer = await fetch(url);
    cached = await answer.text();
  }
  return cached;
}
load('a');
load('b');
`),
  );
  expect(after(trace, 'load #2', 'const answer')).toEqual(['script turn, callback', 'completions 2: await fetch(url); await fetch(url)']);
});

it('asyncio has its ready queue and its timers; a thread is outside the loop', () => {
  const trace = simulate(
    python(`import asyncio
balance = 100
async def withdraw(n):
    global balance
    if balance >= n:
        await asyncio.sleep(0.01)
        balance -= n
async def main():
    await asyncio.gather(withdraw(80), withdraw(70))
asyncio.run(main())
print(balance)
`),
  );
  expect(after(trace, 'main', 'balance = 100')).toEqual([]);
  expect(after(trace, 'main', 'await asyncio.gather')).toEqual(['ready turn, callback', 'ready 2: withdraw; withdraw']);
  expect(after(trace, 'withdraw', 'await asyncio.sleep')).toEqual([
    'ready turn, callback',
    'ready 1: withdraw',
    'timers 1: await asyncio.sleep(0.01) in 10',
  ]);
  expect(after(trace, 'withdraw', 'balance -= n')).toEqual(['timer turn, callback', 'timers 1: await asyncio.sleep(0.01) in 0']);
  expect(after(trace, 'main', 'print')).toEqual(['no turn, callback']);
});

it('threads alone have no queues', () => {
  const trace = simulate(
    python(`import threading
count = 0
def work():
    global count
    if count < 1:
        count += 1
a = threading.Thread(target=work)
b = threading.Thread(target=work)
a.start(); b.start(); a.join(); b.join()
`),
  );
  expect(trace.steps.length).toBeGreaterThan(4);
  expect(trace.steps.filter(({ queues }) => queues)).toEqual([]);
});
