/**
 * The machine against the real interpreter: every snippet must print exactly the same and fail with
 * the same uncaught exception.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runPython } from './run.ts';

const directory = new URL('./snippets/', import.meta.url);
const python = spawnSync('python3', ['--version'], { encoding: 'utf8' });
const runner = `
import sys, json, io, contextlib
out = []
for path in sys.argv[1:]:
    text = open(path).read()
    buffer = io.StringIO()
    failure = None
    with contextlib.redirect_stdout(buffer):
        try:
            exec(compile(text, path, 'exec'), {'__name__': '__main__'})
        except BaseException as e:
            failure = type(e).__name__ + (': ' + str(e) if str(e) else '')
    out.append([buffer.getvalue(), failure])
json.dump(out, sys.__stdout__)
`;

/** What real Python does with each file, in one run. */
export function realPython(paths: readonly string[]): [string, string | null][] {
  const r = spawnSync('python3', ['-c', runner, ...paths], { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 60_000 });
  if (r.status !== 0) throw new Error(r.stderr);
  return JSON.parse(r.stdout) as [string, string | null][];
}

describe.skipIf(python.status !== 0)('conformance with python3', () => {
  const files = readdirSync(directory)
    .filter((f) => f.endsWith('.py'))
    .sort();
  const expected = realPython(files.map((f) => new URL(f, directory).pathname));
  files.forEach((file, i) => {
    it(file, () => {
      const ours = runPython(readFileSync(new URL(file, directory), 'utf8'));
      expect({ output: ours.output, failure: ours.failures[0] ?? null, unsupported: ours.unsupported, stuck: ours.stuck }).toEqual({
        output: expected[i]?.[0],
        failure: expected[i]?.[1],
        unsupported: null,
        stuck: [],
      });
    });
  });
});
