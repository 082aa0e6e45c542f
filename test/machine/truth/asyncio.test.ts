/** Truth on trial: the machine and a real event loop, its awaits gated, say the same under the same schedules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asyncioProgram } from './asyncio-programs.ts';
import { inAsyncio, trial } from './asyncio.ts';
import { count, generator, schedules, seed, tell } from './count.ts';
import { pythons, versionOf } from './threading.ts';

// The machine's asyncio is that of 3.11.
const python = pythons().find((p) => versionOf(p) === '3.11');
describe.skipIf(python === undefined)('asyncio programs under the same schedule', () => {
  it('say the same', { timeout: 900_000 }, () => {
    const trials = fc
      .sample(asyncioProgram, { numRuns: count, seed })
      .flatMap((source, i) => Array.from({ length: schedules }, (_, s) => trial(source, generator(i * 31 + s * 7 + seed))));
    const real = inAsyncio(python as string, trials);
    const different = trials.flatMap((t, i) => {
      const ours = t.lines.join('\n');
      const theirs = (real[i] ?? []).join('\n');
      return ours === theirs && t.problem === null
        ? []
        : [`${t.source}\nmachine (${t.problem ?? ''})\n${ours}\npython\n${theirs}\n${t.schedule.join()}`];
    });
    tell(`asyncio, gated awaits, ${python ?? ''}`, count, trials.length, different.length);
    const gatesOf = (t: { schedule: number[] }): number[] => t.schedule.filter((id) => id >= 0);
    expect(trials.filter((t) => gatesOf(t).some((id, i) => id !== i)).length).toBeGreaterThan(trials.length / 4);
    expect(`${different.length} different\n${different.slice(0, 3).join('\n')}`).toBe('0 different\n');
  });
});
