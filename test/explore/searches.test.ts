/** Budgets, slices, cancellation and observers of searches; sampling. */

import { describe, expect, it } from 'vitest';
import type { Budget, Observer, Search } from '../../src/core/explore/budget.ts';
import { exploreDpor } from '../../src/core/explore/dpor.ts';
import { explorePct } from '../../src/core/explore/pct.ts';
import { Model, type Program } from './model.ts';
import { fibBench, oneLock, readers } from './programs.ts';

type Start = (system: Model, observer: Observer, budget: Budget) => Search;

const searches: [name: string, start: Start][] = [
  ['exploreDpor', exploreDpor],
  ['explorePct', (s, o, b) => explorePct(s, o, { ...b, seed: 7, samples: 200 })],
];

function collect(start: Start, program: Program, budget: Budget, slice?: Parameters<Search['run']>[0]) {
  const system = new Model(program);
  const schedules: string[] = [];
  const search = start(
    system,
    (execution) => {
      schedules.push(
        execution
          .choices()
          .map((choice) => choice.process)
          .join(''),
      );
      return 'continue';
    },
    budget,
  );
  let pauses = 0;
  while (search.run(slice) === 'paused') {
    pauses++;
  }
  return { schedules, pauses, result: search.result(), depth: system.depth() };
}

describe.each(searches)('%s', (_name, start) => {
  it('gives the same in slices as in one go', () => {
    const whole = collect(start, fibBench(1), {});
    const sliced = collect(start, fibBench(1), {}, { steps: 3 });
    expect(sliced.pauses).toBeGreaterThan(10);
    expect({ ...sliced, pauses: 0 }).toEqual({ ...whole, pauses: 0 });
    expect(whole.depth).toBe(0);
    expect(whole.schedules.length).toBe(whole.result.executions);
    const single = collect(start, fibBench(1), {}, { executions: 1 });
    expect(single.schedules).toEqual(whole.schedules);
  });

  it('stops at the number of executions, says so, and leaves the system where it was', () => {
    const { schedules, result, depth } = collect(start, oneLock(4), { executions: 5 });
    expect(schedules).toHaveLength(5);
    expect(result).toMatchObject({ executions: 5, complete: false, bound: 'executions' });
    expect(depth).toBe(0);
  });

  it('stops at the number of steps', () => {
    const { result } = collect(start, oneLock(4), { steps: 10 });
    expect(result).toMatchObject({ steps: 10, complete: false, bound: 'steps' });
  });

  it('cuts executions that are too long', () => {
    const { result, schedules } = collect(start, oneLock(3), { stepsPerExecution: 4 });
    expect(result).toMatchObject({ complete: false, executions: 0, maxDepth: 4 });
    expect(result.truncated).toBe(schedules.length);
    expect(result.truncated).toBeGreaterThan(0);
  });

  it('obeys cancellation and the clock', () => {
    let polls = 0;
    const cancelled = () => ++polls > 3;
    const big = readers(14);
    const stopped = collect((s, o, b) => start(s, o, { ...b, cancelled }), big, {});
    expect(stopped.result).toMatchObject({ complete: false, bound: 'cancelled' });
    let time = 0;
    const late = collect(start, big, { milliseconds: 50, now: () => (time += 10) });
    expect(late.result).toMatchObject({ complete: false, bound: 'time' });
  });

  it('stops when the observer says so, and stays stopped', () => {
    const system = new Model(oneLock(3));
    const search = start(system, () => 'stop', {});
    expect(search.run()).toBe('stopped');
    expect(search.run()).toBe('stopped');
    expect(search.result()).toMatchObject({ executions: 1, complete: false, bound: 'stopped' });
    expect(system.depth()).toBe(0);
  });

  it('can be abandoned in the middle', () => {
    const system = new Model(oneLock(4));
    const search = start(system, () => 'continue', {});
    expect(search.run({ steps: 5 })).toBe('paused');
    search.abandon();
    expect(system.depth()).toBe(0);
    expect(search.run()).toBe('done');
    expect(search.result().complete).toBe(false);
  });

  it('begins in the present state of the system', () => {
    const system = new Model(oneLock(3));
    system.step(2, 0);
    const lengths = new Set<number>();
    const search = start(
      system,
      (execution) => {
        lengths.add(execution.length);
        return 'continue';
      },
      {},
    );
    search.run();
    expect([...lengths]).toEqual([5]);
    expect(system.depth()).toBe(1);
  });
});

describe('what observers see', () => {
  const deadlock: Program = {
    shared: { a: 0, b: 0 },
    processes: {
      p: [
        { op: 'lock', cell: 'a' },
        { op: 'lock', cell: 'b' },
      ],
      q: [
        { op: 'lock', cell: 'b' },
        { op: 'lock', cell: 'a' },
      ],
    },
  };

  it('includes deadlocks with the stuck operations', () => {
    const stuck: number[][] = [];
    exploreDpor(new Model(deadlock), (_execution, end) => {
      stuck.push(end.blocked.map((operation) => operation.process));
      return 'continue';
    }).run();
    expect(stuck.map((processes) => processes.join()).sort()).toEqual(['0', '0,1', '1']);
  });

  it('is an execution whose choices replay to the same events', () => {
    const system = new Model(fibBench(1));
    exploreDpor(system, (execution) => {
      const choices = execution.choices();
      const again = new Model(fibBench(1));
      const seen = choices.map(({ process, alternative }) => structuredClone(again.step(process, alternative)));
      expect(seen).toEqual(choices.map((_, index) => execution.eventAt(index)));
      expect(again.outcome()).toBe(system.outcome());
      expect(() => execution.eventAt(execution.length)).toThrow(RangeError);
      return 'continue';
    }).run();
  });
});

describe('probabilistic concurrency testing', () => {
  it('repeats itself with the same seed only', () => {
    const run = (seed: number) => collect((s, o, b) => explorePct(s, o, { ...b, seed, samples: 30 }), fibBench(1), {}).schedules;
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    expect(new Set(run(1)).size).toBeGreaterThan(3);
  });

  /** A bug of depth 2 among many steps: q must run between two given steps of p. */
  const needle: Program = {
    shared: { x: 0, y: 0, found: 0 },
    processes: {
      p: [
        ...Array.from({ length: 30 }, () => ({ op: 'store', cell: 'y', value: 1 }) as const),
        { op: 'store', cell: 'x', value: 1 },
        { op: 'store', cell: 'x', value: 0 },
      ],
      q: [
        { op: 'load', into: 'v', cell: 'x' },
        { op: 'store', cell: 'found', value: 'v' },
      ],
    },
  };

  it('finds a bug of depth 2 about as often as it promises', () => {
    const system = new Model(needle);
    let found = 0;
    const options = { seed: 3, samples: 2000, depth: 2, expectedSteps: 34 };
    const search = explorePct(
      system,
      () => {
        found += system.state[2] === 1 ? 1 : 0;
        return 'continue';
      },
      options,
    );
    search.run();
    expect(search.result()).toMatchObject({ executions: 2000, complete: false, bound: 'sampling' });
    // At least 1/(n·k^(d-1)) = 1/68 of 2000 executions.
    expect(found).toBeGreaterThan(2000 / 68 / 1.5);
  });
});
