/** After a fix, the interleaving that failed before is tried again on the new text: what comes in its way. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseTrace } from '../../src/core/trace/parse.ts';
import type { Trace } from '../../src/core/trace/trace.ts';
import { lineMap } from '../../src/core/witness/moved.ts';
import type { Engine } from '../../src/engine/api.ts';
import { control, file, loadEngine, options } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

/** The witness of the racy text, followed on the fixed one. */
function followed(racy: string, fixed: string): Trace {
  const old = engine.simulate({ file: file(racy), line: null }, options, control);
  expect(old.verdict).toBe('violation');
  const { text } = file(racy);
  return engine.simulate(
    {
      file: { ...file(racy), text: readFileSync(new URL(`../../${fixed}`, import.meta.url), 'utf8') },
      line: null,
      schedule: old.schedule,
      scheduleText: text,
    },
    { ...options, harness: old.harness },
    control,
  );
}

/** The lanes of the steps up to where the old schedule could not be followed any more. */
function prefix(trace: Trace): string[] {
  const names = new Map(trace.lanes.map(({ id, name }) => [id, name]));
  return trace.steps.slice(0, (trace.divergence?.step ?? -1) + 1).map(({ lane }) => names.get(lane) ?? '');
}

describe('the old schedule', () => {
  it.each([
    ['stack.py', 'thread2 waits for the lock, held by thread1'],
    ['stack_threading.py', 'grow waits for the lock, held by take_even'],
    ['counter_gil.py', 'count 2 waits for the lock, held by count'],
    ['deque_iteration.py', 'record waits for the lock, held by report'],
    ['ticket_server.py', 'call #2 waits for the lock, held by call #1'],
  ])('is blocked at the lock that %s takes by now', (name, reason) => {
    const trace = followed(`media/samples/${name}`, `media/samples/fixed/${name}`);
    expect(trace.violation).toBeNull();
    expect(trace.divergence?.reason).toBe(reason);
    expect(parseTrace(structuredClone(trace)).problems).toEqual([]);
    // What is shown up to there was run: the holder has taken the lock, and the other has come to it and waits.
    const step = trace.steps[trace.divergence?.step ?? -1];
    const taken = trace.steps.slice(0, step?.index).flatMap(({ lane, accesses }) => accesses.map(({ operation }) => ({ lane, operation })));
    const holder = trace.lanes.find((lane) => reason.endsWith(`held by ${lane.name}`))?.id;
    expect(taken.filter(({ operation, lane }) => operation === 'acquire' && lane === holder).length).toBeGreaterThan(0);
    expect(prefix(trace).at(-1)).toBe(reason.split(' waits')[0]);
  });

  it('needs an answer that nobody waits for any more', () => {
    const trace = followed('media/samples/ticket-server.ts', 'media/samples/fixed/ticket-server.ts');
    expect(trace.divergence?.reason).toBe('what was to run next is never started');
  });

  it('needs a connection that is opened once by now', () => {
    const trace = followed('media/samples/session.ts', 'media/samples/fixed/session.ts');
    expect(trace.divergence?.reason).toBe('what was to run next is never started');
    expect(trace.violation).toBeNull();
  });

  it.each(['stack.ts', 'ticket_flask.py'])('can be followed in %s, and does not fail', (name) => {
    const trace = followed(`media/samples/${name}`, `media/samples/fixed/${name}`);
    expect(trace.divergence).toBeUndefined();
    expect(trace.violation).toBeNull();
    expect(trace.steps.every(({ exception }) => exception === undefined)).toBe(true);
  });

  it('is followed exactly on the text that it is of', () => {
    const trace = followed('media/samples/stack.py', 'media/samples/stack.py');
    expect(trace.divergence).toBeUndefined();
    expect(trace.verdict).toBe('violation');
  });
});

describe('lines of another text', () => {
  const map = (before: string, after: string): number[] => lineMap(before.replaceAll(' ', '\n'), after.replaceAll(' ', '\n'));
  it('are found again where others came before, between or after them', () => {
    expect(map('a b c', 'x a b y c z')).toEqual([1, 2, 4]);
    expect(map('a b c', 'a b c')).toEqual([0, 1, 2]);
  });
  it('stand for what they were replaced by, else for what follows', () => {
    expect(map('a b c d', 'a x y d')).toEqual([0, 1, 2, 3]);
    expect(map('a b c', 'a c')[2]).toBe(1);
    expect(map('a b c', 'c a b')).toHaveLength(3);
  });
  it('are the same whatever their indentation', () => {
    expect(lineMap('if x:\n  y', 'with z:\n  if x:\n    y')).toEqual([1, 2]);
  });
});
