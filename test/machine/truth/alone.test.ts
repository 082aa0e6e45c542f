/** Truth on trial: generated programs of one thread print in the machine what the real interpreters print. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runText } from '../javascript/machine.ts';
import { runPython } from '../python/run.ts';
import { inNode, inPython } from './alone.ts';
import { count, seed, tell } from './count.ts';
import { javascriptProgram } from './javascript-programs.ts';
import { pythonProgram } from './python-programs.ts';
import { pythons, versionOf } from './threading.ts';

/** Addresses differ, and what only a real engine knows: frames of a stack, V8's picture of an object literal that was called. */
const comparable = (text: string): string =>
  text
    .replace(/0x[0-9a-f]{6,}/g, '0x…')
    .replace(/^ +at .*?( \{)?$(\n +at .*?( \{)?$)*/gm, '    at …')
    .replace(/\{(\(intermediate value\))+\}[\w?.]*\.(?=\w+ is not a function)/g, '(intermediate value).');

/** `run` gives null where the machine says that it does not simulate something. */
function compare(what: string, programs: readonly string[], real: readonly string[], run: (text: string) => string | null): void {
  let unsupported = 0;
  const different = programs.flatMap((text, i) => {
    const printed = run(text);
    if (printed === null) {
      unsupported++;
      return [];
    }
    const ours = comparable(printed.slice(0, 100_000).trimEnd());
    const theirs = comparable((real[i] ?? '').slice(0, 100_000).trimEnd());
    return ours === theirs ? [] : [`${text}\nmachine\n${ours}\nreal\n${theirs}`];
  });
  expect(unsupported).toBeLessThanOrEqual(programs.length / 100);
  tell(what, programs.length, programs.length, different.length);
  expect(`${different.length} different\n${different.slice(0, 3).join('\n')}`).toBe('0 different\n');
}

// Messages are those of 3.11.
const python = pythons().find((p) => versionOf(p) === '3.11');
describe('programs of one thread', () => {
  it.skipIf(python === undefined)('print the same in Python', { timeout: 900_000 }, () => {
    const programs = fc.sample(pythonProgram, { numRuns: count, seed });
    compare(`Python alone, ${python ?? ''}`, programs, inPython(python as string, programs), (text) => {
      const ours = runPython(text);
      return ours.unsupported === null ? ours.output + ours.failures.join() : null;
    });
  });
  it('print the same in Node', { timeout: 900_000 }, () => {
    const programs = fc.sample(javascriptProgram, { numRuns: count, seed });
    compare('Node alone', programs, inNode(programs), (text) => {
      const ours = runText(text, 'main.mjs');
      return ours.unsupported === null ? ours.lines.join('\n') : null;
    });
  });
});
