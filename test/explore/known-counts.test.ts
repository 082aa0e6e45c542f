/** The numbers of Mazurkiewicz traces that the papers and other engines report. */

import { describe, expect, it } from 'vitest';
import { exploreDpor } from '../../src/core/explore/dpor.ts';
import { Model, type Program } from './model.ts';
import * as programs from './programs.ts';

const known: [name: string, program: Program, traces: number][] = [
  ['lastzero(5)', programs.lastzero(5), 64],
  ['lastzero(10)', programs.lastzero(10), 3328],
  ['lastzero(15)', programs.lastzero(15), 147456],
  ['readers(8)', programs.readers(8), 256],
  ['readers(13)', programs.readers(13), 8192],
  ['indexer(12)', programs.indexer(12), 8],
  ['indexer(15)', programs.indexer(15), 4096],
  ['filesystem(16)', programs.filesystem(16), 8],
  ['filesystem(18)', programs.filesystem(18), 32],
  ['filesystem(22)', programs.filesystem(22), 512],
  ['the source-set example', programs.sourceSetExample(), 5],
  ['3 threads, one lock', programs.oneLock(3), 6],
  ['4 threads, one lock', programs.oneLock(4), 24],
  ['5 threads, one lock', programs.oneLock(5), 120],
  ['6 threads, one lock', programs.oneLock(6), 720],
  ['fib_bench(1)', programs.fibBench(1), 11],
  ['fib_bench(2)', programs.fibBench(2), 140],
  ['a race to be reversed again', programs.lateReversal(), 38],
  ['a race to be reversed again below a branch', programs.lateReversalBelow(), 28],
];

describe('optimal DPOR explores each trace once', () => {
  it.each(known)('%s', { timeout: 120_000 }, (_name, program, traces) => {
    const system = new Model(program);
    const search = exploreDpor(system, () => 'continue');
    expect(search.run()).toBe('done');
    expect(search.result()).toMatchObject({
      executions: traces,
      redundant: 0,
      truncated: 0,
      complete: true,
      bound: null,
    });
    expect(system.depth()).toBe(0);
  });
});
