/**
 * Optimal DPOR against brute force on random programs: the same traces, none missing, none twice,
 * the same final states and deadlocks. `RACE_REPLAY_CASES` sets the number of programs.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchResult } from '../../src/core/explore/budget.ts';
import { exploreDpor } from '../../src/core/explore/dpor.ts';
import { endOf, enumerate, eventsOf, traceOf } from './brute-force.ts';
import { Model, type Program } from './model.ts';
import { type Ingredients, randomProgram } from './random-programs.ts';

const numRuns = Number(process.env['RACE_REPLAY_CASES'] ?? 300);
const INTERLEAVINGS = 20_000;

function explored(program: Program, waitingSteps?: number): { traces: Map<string, string>; doubles: number; result: SearchResult } {
  const system = new Model(program);
  const traces = new Map<string, string>();
  let doubles = 0;
  const search = exploreDpor(
    system,
    (execution) => {
      const trace = traceOf(eventsOf(execution));
      doubles += traces.has(trace) ? 1 : 0;
      traces.set(trace, endOf(system));
      return 'continue';
    },
    waitingSteps === undefined ? {} : { waitingSteps },
  );
  search.run();
  return { traces, doubles, result: search.result() };
}

function compare(ingredients: Ingredients, blocks: number, optimal: boolean, waitingSteps?: number): number {
  let compared = 0;
  let redundant = 0;
  fc.assert(
    fc.property(randomProgram(ingredients, blocks), (program) => {
      const expected = enumerate(new Model(program), INTERLEAVINGS);
      if (expected === null) {
        return;
      }
      compared++;
      const { traces, doubles, result } = explored(program, waitingSteps);
      redundant += result.redundant;
      expect(Object.fromEntries(traces)).toEqual(Object.fromEntries(expected.traces));
      expect(result.complete).toBe(true);
      expect(result.executions).toBe(traces.size + doubles);
      if (optimal) {
        expect(doubles).toBe(0);
        if (waitingSteps === undefined) expect(result.redundant).toBe(0);
      }
    }),
    { numRuns },
  );
  expect(compared).toBeGreaterThan(numRuns / 3);
  return redundant;
}

describe('optimal DPOR agrees with brute force', () => {
  it('on programs of single accesses, exactly once each', () => {
    compare('simple', 3, true);
  });

  it('on steps with several accesses', () => {
    compare('compound', 3, true);
  });

  it('on steps whose accesses depend on what they read: all traces, perhaps some twice', () => {
    compare('dependent', 3, false);
  });

  it.each([0, 4])('also when only %i steps may wait: exactly once each, with executions that are redundant', (waitingSteps) => {
    const redundant = compare('simple', 3, true, waitingSteps) + compare('compound', 3, true, waitingSteps);
    compare('dependent', 3, false, waitingSteps);
    if (waitingSteps === 0) expect(redundant).toBeGreaterThan(0);
  });

  it('and with itself on larger programs, when steps are executed in their new places', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomProgram('compound', 5), (program) => {
        const counts = [true, false].map((fixedAccesses) => {
          const system = new Model(program, { fixedAccesses });
          const search = exploreDpor(system, () => 'continue', { executions: 1000 });
          search.run();
          return search.result();
        });
        if (counts.every((result) => result.complete)) {
          compared++;
        }
        expect(counts[0]?.executions).toBe(counts[1]?.executions);
        expect(counts.map((result) => result.redundant)).toEqual([0, 0]);
      }),
      { numRuns },
    );
    expect(compared).toBeGreaterThan(numRuns / 2);
  });
});
