/** Truth on trial: the machine and real Python under the same schedules leave the same behind. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, generator, schedules, seed, tell } from './count.ts';
import { inPython, pythons, trial, type Left, type Trial } from './threading.ts';
import { truthProgram } from './threading-programs.ts';

const interpreters = pythons();
describe.skipIf(interpreters.length === 0)('under the same schedule', () => {
  const trials: Trial[] = [];
  for (const [i, program] of fc.sample(truthProgram, { numRuns: count, seed }).entries()) {
    for (let s = 0; s < schedules; s++) trials.push(trial(program, generator(i * 31 + s * 7 + seed)));
  }
  it.each(interpreters)('%s', { timeout: 900_000 }, (python) => {
    const real = inPython(python, trials);
    const said = saysTheSame(python) ? (left: Left): Left => left : withoutWords;
    const different = trials.flatMap((t, i) => {
      const ours = JSON.stringify(said(t.machine));
      const theirs = JSON.stringify(said(inOrder(t.machine, real[i] ?? {})));
      return ours === theirs ? [] : [`${t.job.source}\n${JSON.stringify(t.job.steps)}\nmachine ${ours}\npython  ${theirs}\n`];
    });
    tell(`threads, ${python}`, count, trials.length, different.length);
    expect(different.slice(0, 3).join('\n')).toBe('');
  });
});

/** The machine's error messages are those of CPython 3.11; other versions word some differently. */
function saysTheSame(python: string): boolean {
  return execFileSync(python, ['--version'], { encoding: 'utf8' }).startsWith('Python 3.11.');
}

function withoutWords(left: Left): Left {
  const threads = left.threads?.map((t) => ({
    ...t,
    failure: t.failure?.replace(/:.*/s, '') ?? null,
    printed: t.printed.map((text) => text.replace(/^(\w+Error) .*/s, '$1')),
  }));
  return threads ? { ...left, threads } : left;
}

/** The same entries in the order of another object. */
function inOrder(order: object, values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name of [...Object.keys(order), ...Object.keys(values)]) if (name in values) out[name] = values[name];
  return out;
}
