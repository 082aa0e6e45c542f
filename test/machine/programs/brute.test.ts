/**
 * DPOR over the real machine against all interleavings of the same machine: the same final outcomes,
 * and no execution explored for nothing. And undoing brings everything back.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byBruteForce, byDpor, snapshot, systemOf } from './systems.ts';
import { threadingProgram } from './generate.ts';

/** More programs when asked for: RACE_REPLAY_RUNS=3000. */
const numRuns = Number(process.env['RACE_REPLAY_RUNS'] ?? 60);
const limit = 3_000;

function compare(source: string): 'compared' | 'too many' {
  const system = systemOf(source, 3);
  const brute = byBruteForce(system, limit);
  if (brute === null) return 'too many';
  const { outcomes, result } = byDpor(systemOf(source, 3));
  expect([...outcomes.keys()].sort()).toEqual([...brute.outcomes].sort());
  expect(result.redundant).toBe(0);
  expect(result.executions).toBeLessThanOrEqual(brute.executions);
  return 'compared';
}

it('finds every outcome that some interleaving has, and no other', { timeout: 3_600_000 }, () => {
  // A program with too many interleavings to enumerate does not count; another is drawn in its place.
  fc.assert(
    fc.property(threadingProgram(3, 2), (source) => {
      fc.pre(compare(source) === 'compared');
    }),
    { numRuns: Math.ceil(numRuns / 2), ...(process.env['RACE_REPLAY_SEED'] ? { seed: Number(process.env['RACE_REPLAY_SEED']) } : {}) },
  );
});

it('undoes exactly', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(threadingProgram(3, 3), fc.infiniteStream(fc.nat(1000)), (source, picks) => {
      const system = systemOf(source, 3);
      // The first run loads library code, which stays.
      walk(system, picks);
      system.reset();
      const states: string[] = [snapshot(system)];
      while (system.depth() < 200) {
        const move = pick(system, picks);
        if (!move) break;
        system.step(...move);
        states.push(snapshot(system));
      }
      while (states.length > 0) {
        expect(difference(snapshot(system), states.pop() as string)).toBe(null);
        if (system.depth() > 0) system.undo();
      }
    }),
    { numRuns: Math.min(numRuns, 40) },
  );
});

/** Where two texts part, with what is around it; null when they are equal. */
function difference(a: string, b: string): string | null {
  if (a === b) return null;
  let i = 0;
  while (a[i] === b[i]) i++;
  return `${a.slice(Math.max(0, i - 300), i)} <<< ${a.slice(i, i + 80)} >>> ${b.slice(i, i + 80)}`;
}

type System = ReturnType<typeof systemOf>;

function pick(system: System, picks: fc.Stream<number>): [number, number] | null {
  const enabled = system.enabled();
  if (enabled.length === 0) return null;
  const process = enabled[(picks.next().value as number) % enabled.length] as number;
  return [process, (picks.next().value as number) % system.alternatives(process)];
}

function walk(system: System, picks: fc.Stream<number>): void {
  for (let move = pick(system, picks); move && system.depth() < 200; move = pick(system, picks)) system.step(...move);
}
