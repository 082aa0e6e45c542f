/**
 * A file that is checked while it is edited: what did not change is not run again, and the answer is the one that a
 * first check of the same text gives.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckResult, Engine, SourceFile } from '../../src/engine/api.ts';
import { createCheck } from '../../src/engine/check.ts';
import { createEditorParse } from '../../src/engine/project.ts';
import { createRuntimes } from '../../src/engine/runtimes.ts';
import { createShelf } from '../../src/engine/runs.ts';
import { createPythonFrontEnd } from '../../src/frontends/python/index.ts';
import { corpusFiles } from '../corpus/run.ts';
import { control, loadEngine, options, python, root, typescript } from './load.ts';

const wasm = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, 'node_modules', path)));

async function editor(): Promise<{ check: (file: SourceFile) => CheckResult; last: (path: string) => { found: number; made: number } }> {
  const parse = createEditorParse(
    await createPythonFrontEnd({
      runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'),
      grammar: wasm('tree-sitter-python/tree-sitter-python.wasm'),
    }),
  );
  const shelf = createShelf();
  const { check } = createCheck({ parse, runtimes: createRuntimes(parse) }, shelf);
  return { check: (file) => check(file, options, control), last: (path) => shelf.of(path).last };
}

const plain: Engine = await loadEngine();

const service = (first: string, second: string): string => `
export class Cache {
  private rows = new Map<string, Row>();
  private connection: Connection | null = null;

  async get(id: string): Promise<Row> {
    ${first}
    const row = await load(id);
    this.rows.set(id, row);
    return row;
  }

  async connect(): Promise<Connection> {
    ${second}
    return this.connection;
  }
}
`;
const lookup = 'if (this.rows.has(id)) return this.rows.get(id)!;';
const lazily = 'if (this.connection === null) this.connection = await open();';

describe('a check after an edit', () => {
  it('runs nothing where only lines have moved', async () => {
    const { check, last } = await editor();
    const before = check(typescript(service(lookup, lazily)));
    const moved = typescript(`// One more line.\n${service(lookup, lazily)}`);
    const after = check(moved);
    expect(before.findings.length).toBeGreaterThan(1);
    expect(last('example.ts')).toEqual({ found: expect.any(Number) as number, made: 0 });
    expect(after).toEqual(plain.check(moved, options, control));
    expect(after.findings.map((f) => f.check.line)).toEqual(before.findings.map((f) => f.check.line + 1));
  });

  it('runs again what calls the function that changed, and only that', async () => {
    const { check, last } = await editor();
    check(typescript(service(lookup, lazily)));
    const runs = last('example.ts');
    const fixed = typescript(service(lookup, 'if (this.connection === null) this.connection = open();'));
    const after = check(fixed);
    expect(last('example.ts').found).toBeGreaterThan(0);
    expect(last('example.ts').made).toBeLessThan(runs.made);
    expect(after).toEqual(plain.check(fixed, options, control));
    expect(after.findings.some((f) => f.shared.includes('connection'))).toBe(false);
    expect(after.findings.some((f) => f.shared.includes('rows'))).toBe(true);
  });

  it('runs again what a name means something else in, though its text is the same', async () => {
    const text = (body: string): string => `
import threading

total = 0
limit = 10

def add():
    global total
    if total < limit:
        value = total
        total = value + 1

def other():
    ${body}

threading.Thread(target=add).start()
threading.Thread(target=add).start()
`;
    const { check, last } = await editor();
    check(python(text('pass')));
    const changed = python(text('global limit; limit = 11'));
    const after = check(changed);
    expect(last('example.py').made).toBeGreaterThan(0);
    expect(after).toEqual(plain.check(changed, options, control));
  });

  it('says the same as a first check, wherever the edit is', async () => {
    const { check } = await editor();
    let seed = 7;
    const below = (n: number): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
    const files = corpusFiles(root).filter((_, i) => i % 31 === 5);
    expect(files.length).toBeGreaterThan(8);
    for (const path of files) {
      const isPython = path.endsWith('.py');
      let text = readFileSync(path, 'utf8');
      for (let edit = 0; edit < 3; edit++) {
        const file: SourceFile = isPython ? python(text, path) : typescript(text, path);
        const [after, first] = [check(file), plain.check(file, options, control)];
        expect(after, `${path} after ${String(edit)} edits`).toEqual(first);
        const lines = text.split('\n');
        const at = below(lines.length);
        const indent = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
        lines.splice(at, 0, edit === 1 ? '' : `${indent}${isPython ? 'pass' : ';'}`);
        text = lines.join('\n');
      }
    }
  }, 120_000);
});
