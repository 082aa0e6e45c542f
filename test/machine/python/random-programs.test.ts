/** Random straight-line programs give in the machine exactly what real Python prints. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { program } from './programs.ts';
import { runPython } from './run.ts';

const python = spawnSync('python3', ['--version'], { encoding: 'utf8' });
const runner = `
import sys, json, io, contextlib
out = []
for text in json.load(sys.stdin):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        exec(compile(text, 'main.py', 'exec'), {'__name__': '__main__'})
    out.append(buffer.getvalue())
json.dump(out, sys.__stdout__)
`;
/** Addresses of objects differ. */
const comparable = (text: string): string => text.replace(/0x[0-9a-f]{6,}/g, '0x…');

// Messages are those of 3.11; other versions word some of them differently.
describe.skipIf(!python.stdout?.startsWith('Python 3.11'))('random programs', () => {
  it('print the same', () => {
    const programs = fc.sample(program, { numRuns: 400, seed: 20250 });
    const r = spawnSync('python3', ['-W', 'ignore', '-c', runner], {
      input: JSON.stringify(programs),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      timeout: 60_000,
    });
    expect(r.stderr).toBe('');
    const expected = JSON.parse(r.stdout) as string[];
    programs.forEach((text, i) => {
      const ours = runPython(text);
      expect({ text, output: comparable(ours.output), failures: ours.failures, unsupported: ours.unsupported }).toEqual({
        text,
        output: comparable(expected[i] ?? ''),
        failures: [],
        unsupported: null,
      });
    });
  });
});
