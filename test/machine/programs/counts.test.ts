/** The real machine explores exactly the executions that the papers count, each of them once. */
import { describe, expect, it } from 'vitest';
import { filesystem, fibBench, indexer, lastzero, oneLock, poplExample, readers } from '../../programs/benchmarks.ts';
import { exploreDpor } from '../../../src/core/explore/dpor.ts';
import { remembering } from '../../../src/core/machine/remember.ts';
import { systemOf } from './systems.ts';

const programs = [
  poplExample(),
  oneLock(3),
  oneLock(4),
  oneLock(5),
  lastzero(5),
  lastzero(10),
  lastzero(15),
  readers(8),
  readers(13),
  indexer(11),
  indexer(12),
  indexer(15),
  filesystem(13),
  filesystem(16),
  filesystem(18),
  filesystem(22),
  fibBench(1, 11),
  fibBench(2, 140),
];

describe('executions of ordinary threading programs', () => {
  it.each(programs.filter((p) => p.executions < 3_500))('$name: $executions', { timeout: 60_000 }, ({ source, executions }) => {
    const system = systemOf(source);
    const search = exploreDpor(system, () => 'continue');
    expect(search.run()).toBe('done');
    expect(search.result()).toMatchObject({ executions, redundant: 0, truncated: 0, complete: true, bound: null });
    expect(system.machine.unsupported).toBe(null);
    expect(system.machine.bounds).toEqual(new Map());
    expect(system.depth()).toBe(0);
  });

  it.each(programs)('$name: $executions, with steps remembered', { timeout: 60_000 }, ({ source, executions }) => {
    const system = remembering(systemOf(source));
    const search = exploreDpor(system, () => 'continue');
    expect(search.run()).toBe('done');
    expect(search.result()).toMatchObject({ executions, redundant: 0, truncated: 0, complete: true, bound: null });
    expect(system.machine.unsupported).toBe(null);
    expect(system.machine.bounds).toEqual(new Map());
    expect(system.machine.trail.mark()).toBe(0);
  });
});
