/**
 * The bounded search against brute force: within as many context switches as a trace needs, it is
 * visited, and with fewer it is not; with enough of them, every trace is.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedSearch, Contention, contextSwitches, type LanedEvent, type LanedSystem } from '../../src/core/explore/bounded.ts';
import { endOf, enumerate, traceOf } from './brute-force.ts';
import { Model, type Program } from './model.ts';
import { type Ingredients, randomProgram } from './random-programs.ts';
import type { SystemEvent } from '../../src/core/explore/system.ts';

const numRuns = Number(process.env['RACE_REPLAY_CASES'] ?? 200);

type Step = SystemEvent & LanedEvent;

/** A model whose every process is a lane of its own. */
function laned(model: Model): LanedSystem<Step> {
  const path: Step[] = [];
  return {
    path,
    enabled: () => [...model.enabled()],
    alternatives: (process) => model.alternatives(process),
    laneOf: (process) => process,
    step(process, alternative) {
      const event = structuredClone(model.step(process, alternative));
      const step = { ...event, lane: process, accesses: event.accesses.map((a) => ({ ...a, lane: process })) };
      path.push(step);
      return step;
    },
    undo() {
      path.pop();
      model.undo();
    },
    blocked: () => model.blocked(),
  };
}

interface Found {
  /** The bound within which each trace was first visited. */
  first: Map<string, number>;
  ends: Map<string, string>;
}

/** Searches with bound after bound until no execution needs more. */
function search(program: Program, bounds: number): Found {
  const model = new Model(program);
  const system = laned(model);
  const contention = new Contention();
  const found: Found = { first: new Map(), ends: new Map() };
  for (let bound = 0; bound <= bounds; bound++) {
    const budget = { executions: 1e6, maxSteps: 1e4, stop: () => false };
    const result = boundedSearch(system, 'switches', bound, contention, budget, (path) => {
      const trace = traceOf(path);
      expect(contextSwitches(path)).toBeLessThanOrEqual(bound);
      found.ends.set(trace, endOf(model));
      if (!found.first.has(trace)) found.first.set(trace, bound);
      return 'continue';
    });
    expect(result).toEqual({ ended: 'exhausted', cut: false });
    expect(model.depth()).toBe(0);
  }
  return found;
}

function compare(ingredients: Ingredients): void {
  let compared = 0;
  fc.assert(
    fc.property(randomProgram(ingredients, 2), (program) => {
      const expected = enumerate(new Model(program), 3000);
      if (expected === null) return;
      compared++;
      const found = search(program, Math.max(...expected.fewestSwitches.values()));
      expect(Object.fromEntries(found.first)).toEqual(Object.fromEntries(expected.fewestSwitches));
      expect(Object.fromEntries(found.ends)).toEqual(Object.fromEntries(expected.traces));
    }),
    { numRuns },
  );
  expect(compared).toBeGreaterThan(numRuns / 3);
}

describe('bounded search agrees with brute force on the fewest context switches', () => {
  it('with one access in a step', () => {
    compare('simple');
  });

  it('with steps of several accesses', () => {
    compare('dependent');
  });

  it('where what nobody else touches is only waited for', () => {
    // q never gets the semaphore unless it moves between the two steps of p: only its waiting tells.
    const program: Program = {
      shared: { s: 0 },
      processes: {
        p: [
          { op: 'up', cell: 's' },
          { op: 'down', cell: 's' },
        ],
        q: [{ op: 'down', cell: 's' }],
      },
    };
    expect([...search(program, 1).first.values()].sort()).toEqual([0, 1]);
  });
});
