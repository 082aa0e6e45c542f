/** Truth on trial: the machine and real Node, its awaits gated, print the same under the same schedules. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { count, generator, schedules, seed, tell } from './count.ts';
import { gatedProgram } from './gated-programs.ts';
import { inNode, trial } from './gated.ts';

it('async programs under the same schedule', { timeout: 900_000 }, () => {
  const trials = fc
    .sample(gatedProgram, { numRuns: count, seed })
    .flatMap((source, i) => Array.from({ length: schedules }, (_, s) => trial(source, generator(i * 31 + s * 7 + seed))));
  const real = inNode(trials);
  const different = trials.flatMap((t, i) => {
    const ours = t.lines.join('\n');
    const theirs = (real[i] ?? []).join('\n');
    return ours === theirs && t.problem === null ? [] : [`${t.source}\nmachine (${t.problem ?? ''})\n${ours}\nnode\n${theirs}\n`];
  });
  tell('Node, gated awaits', count, trials.length, different.length);
  // Schedules that never had a choice to make would try nothing.
  expect(trials.filter((t) => t.schedule.some((id, i) => id !== i)).length).toBeGreaterThan(trials.length / 4);
  expect(different.slice(0, 3).join('\n')).toBe('');
});
