/** The reader of traces and the published schema: both accept the samples, both refuse what is broken. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTrace } from '../../src/core/trace/parse.ts';
import type { Trace } from '../../src/core/trace/trace.ts';
import * as others from '../webview/fixtures/others.ts';
import { stackTrace } from '../webview/fixtures/stack.ts';

const schema = JSON.parse(readFileSync(new URL('../../media/schemas/race-trace.schema.json', import.meta.url), 'utf8')) as object;
const accepts = new Ajv({ allErrors: true }).compile(schema);

const samples: Record<string, Trace> = {
  stack: stackTrace(),
  session: others.sessionTrace(),
  counter: others.counterTrace(),
  verified: others.verifiedTrace(),
  bounded: others.boundedTrace(),
  unsupported: others.unsupportedTrace(),
  deadlock: others.deadlockTrace(),
  long: others.longTrace(300),
  loop: others.loopTrace(),
};

describe.each(Object.entries(samples))('%s', (_name, trace) => {
  it('is accepted by the schema and by parseTrace, as value and as text', () => {
    expect(accepts(trace), JSON.stringify(accepts.errors)).toBe(true);
    expect(parseTrace(trace).problems).toEqual([]);
    expect(parseTrace(JSON.stringify(trace)).value).toEqual(trace);
  });
});

type Path = (string | number)[];

/** Every place in a JSON value, for breaking it. */
function paths(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => [[...path, index], ...paths(item, [...path, index])]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...paths(item, [...path, key])]);
}

function edit(trace: Trace, path: Path, change: (holder: Record<string | number, unknown>, key: string | number) => void): unknown {
  const copy = structuredClone(trace) as unknown;
  let holder = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  change(holder, path[path.length - 1] ?? '');
  return copy;
}

describe('broken traces', () => {
  const trace = others.sessionTrace();
  const places = paths(trace);

  it('parseTrace refuses whatever the schema refuses, for any one value replaced', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom<unknown>(null, 7, -1, 1.5, 'x', true, [], {}), (path, value) => {
        const broken = edit(trace, path, (holder, key) => {
          holder[key] = value;
        });
        if (!accepts(broken)) expect(parseTrace(broken).value).toBeNull();
        // Beyond the schema parseTrace only checks references, so what it refuses for its form the schema refuses too.
        const { problems } = parseTrace(broken);
        if (problems.some((problem) => / must be (a |one|true)| is missing$| not part of/.test(problem) && !problem.includes('index')))
          expect(accepts(broken)).toBe(false);
      }),
      { numRuns: 600, seed: 1 },
    );
  });

  it('refuses keys that are missing or unknown', () => {
    const withoutLanes = edit(trace, ['lanes'], (holder, key) => delete holder[key]);
    expect(parseTrace(withoutLanes).problems).toContain('trace.lanes is missing');
    expect(accepts(withoutLanes)).toBe(false);
    const extra = edit(trace, ['steps', 0, 'colour'], (holder, key) => {
      holder[key] = 'red';
    });
    expect(parseTrace(extra).problems).toContain('trace.steps[0].colour is not part of a trace');
    expect(accepts(extra)).toBe(false);
  });

  it('refuses references to steps and lanes that do not exist', () => {
    expect(parseTrace({ ...trace, steps: trace.steps.slice(0, 3) }).value).toBeNull();
    expect(parseTrace({ ...trace, lanes: trace.lanes.slice(0, 1) }).problems[0]).toMatch(/lane is not among the lanes/);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => parseTrace(value).value === null),
      { numRuns: 300, seed: 2 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => parseTrace(text).value === null),
      { numRuns: 300, seed: 3 },
    );
    expect(parseTrace('{').problems[0]).toMatch(/^not JSON/);
    expect(parseTrace(undefined).value).toBeNull();
  });
});
