/** Modules of the standard library of the Python at hand: no problem found in them, and its own view of their names. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frontEnd } from './front-end.ts';
import { compareScopes, pythonScopes, pythonVersion } from './symbol-tables.ts';

const names = [
  'queue.py',
  'threading.py',
  'asyncio/locks.py',
  'asyncio/base_events.py',
  'concurrent/futures/thread.py',
  'socketserver.py',
  'functools.py',
  'collections/__init__.py',
  'contextlib.py',
  'ast.py',
  'string.py',
  'tokenize.py',
];

function library(): string {
  const run = spawnSync('python3', ['-c', 'import os; print(os.path.dirname(os.__file__))'], { encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trim() : '';
}

describe.skipIf(pythonVersion() === null)('the standard library', () => {
  const folder = library();
  const files = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  const texts = files.map((path) => readFileSync(path, 'utf8'));
  const scopes = pythonScopes(texts);

  it('is there', () => {
    expect(files.length).toBeGreaterThan(names.length / 2);
  });

  it.each(files.map((path, i) => [path.slice(folder.length + 1), i] as const))('%s', (name, i) => {
    const { module, problems } = frontEnd.parse(name, texts[i] ?? '');
    expect(problems).toEqual([]);
    const expected = scopes[i];
    if (expected === null || expected === undefined) throw new Error('CPython does not compile it');
    // Names that only annotations mention or declare are CPython's business: annotations stay text here.
    expect(compareScopes(module, expected).filter((line) => !line.endsWith('CPython says local, the front end nothing'))).toEqual([]);
  });
});
