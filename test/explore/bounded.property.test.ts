/**
 * The bounded search against brute force: every trace, first reported with its fewest context
 * switches (or preemptions), no schedule twice.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoundedOptions, exploreBounded } from '../../src/core/explore/bounded.ts';
import { endOf, enumerate, eventsOf, traceOf } from './brute-force.ts';
import { Model, type Program } from './model.ts';
import { type Ingredients, randomProgram } from './random-programs.ts';

const numRuns = Number(process.env['RACE_REPLAY_CASES'] ?? 200);

function search(program: Program, options: BoundedOptions) {
  const system = new Model(program);
  const count = options.count ?? 'switches';
  const fewest = new Map<string, number>();
  const ends = new Map<string, string>();
  const schedules = new Set<string>();
  let doubles = 0;
  let previous = 0;
  let ascending = true;
  const run = exploreBounded(
    system,
    (execution, end) => {
      const trace = traceOf(eventsOf(execution));
      const schedule = JSON.stringify(execution.choices());
      doubles += schedules.has(schedule) ? 1 : 0;
      schedules.add(schedule);
      ascending &&= end[count] >= previous;
      previous = end[count];
      ends.set(trace, endOf(system));
      fewest.set(trace, Math.min(end[count], fewest.get(trace) ?? Infinity));
      return 'continue';
    },
    options,
  );
  expect(run.run()).toBe('done');
  expect(system.depth()).toBe(0);
  return { result: run.result(), searchedBelow: run.searchedBelow(), fewest, ends, doubles, ascending };
}

function compare(ingredients: Ingredients, count: 'switches' | 'preemptions'): void {
  let compared = 0;
  fc.assert(
    fc.property(randomProgram(ingredients, 2), (program) => {
      const expected = enumerate(new Model(program), 3000);
      if (expected === null) {
        return;
      }
      compared++;
      const found = search(program, { count });
      const wanted = count === 'switches' ? expected.fewestSwitches : expected.fewestPreemptions;
      expect(Object.fromEntries(found.fewest)).toEqual(Object.fromEntries(wanted));
      expect(Object.fromEntries(found.ends)).toEqual(Object.fromEntries(expected.traces));
      expect(found).toMatchObject({ doubles: 0, ascending: true, searchedBelow: Infinity });
      expect(found.result.complete).toBe(true);
      expect(found.result.executions).toBeLessThanOrEqual(expected.interleavings);
    }),
    { numRuns },
  );
  expect(compared).toBeGreaterThan(numRuns / 3);
}

describe('bounded search agrees with brute force on the fewest', () => {
  it('context switches', () => {
    compare('simple', 'switches');
  });

  it('preemptions', () => {
    compare('simple', 'preemptions');
  });

  it('context switches, with steps of several accesses', () => {
    compare('dependent', 'switches');
  });
});

describe('bounded search', () => {
  const lostUpdate: Program = {
    shared: { x: 0, y: 0 },
    processes: Object.fromEntries(
      ['p', 'q'].map((name) => [
        name,
        [
          { op: 'store', cell: 'y', value: 1 },
          { op: 'load', into: 'v', cell: 'x' },
          { op: 'add', into: 'v', left: 'v', right: 1 },
          { op: 'store', cell: 'x', value: 'v' },
        ],
      ]),
    ),
  };

  it('finds a lost update with two switches, and none with fewer', () => {
    const system = new Model(lostUpdate);
    const seen: number[] = [];
    const run = exploreBounded(system, (_execution, end) => {
      if (system.state[0] === 1) {
        seen.push(end.switches, end.preemptions);
        return 'stop';
      }
      return 'continue';
    });
    expect(run.run()).toBe('stopped');
    expect(seen).toEqual([2, 1]);
    expect(run.searchedBelow()).toBe(2);
    expect(run.result()).toMatchObject({ complete: false, bound: 'stopped' });
  });

  it('stops at the last bound and says so', () => {
    const found = search(lostUpdate, { lastBound: 1 });
    expect(found.result).toMatchObject({ complete: false, bound: 'switches', executions: 2 });
    expect(found.searchedBelow).toBe(2);
    expect(search(lostUpdate, { lastBound: 0, count: 'preemptions' }).result).toMatchObject({
      complete: false,
      bound: 'preemptions',
      executions: 2,
    });
  });
});
