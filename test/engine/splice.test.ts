/**
 * An edit inside one function: the module is the one that parsing the whole text gives, and what somebody keeps stays as
 * it is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FrontEndResult } from '../../src/core/program/program.ts';
import type { SourceFile } from '../../src/engine/api.ts';
import { createEditorParse, createParse } from '../../src/engine/project.ts';
import { createPythonFrontEnd } from '../../src/frontends/python/index.ts';
import { corpusFiles } from '../corpus/run.ts';
import { python as pythonFile, root, typescript } from './load.ts';
import { edits, numbers } from './edits.ts';

const wasm = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, 'node_modules', path)));
const python = await createPythonFrontEnd({
  runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'),
  grammar: wasm('tree-sitter-python/tree-sitter-python.wasm'),
});

/** The first difference between two results, by content and by which objects are one; null where there is none. */
function difference(a: unknown, b: unknown, path = '', same = new Map<object, unknown>()): string | null {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Object.is(a, b) ? null : `${path}: ${String(a)} instead of ${String(b)}`;
  // References to names of the module are no objects of their own.
  const isOne = 'hasDeadZone' in a || 'qualifiedName' in a;
  if (same.has(a)) return !isOne || same.get(a) === b ? null : `${path}: another object`;
  same.set(a, b);
  const entries = (o: object): Record<string, unknown> =>
    Object.fromEntries(Object.entries(o).filter(([key, value]) => key !== 'exchanged' && value !== undefined));
  const [x, y] = [entries(a), entries(b)];
  for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
    const found = difference(x[key], y[key], `${path}.${key}`, same);
    if (found !== null) return found;
  }
  return null;
}

const results = ({ module, problems }: FrontEndResult): FrontEndResult => ({ module, problems });
const isExchanged = ({ module }: FrontEndResult): boolean => module.exchanged !== undefined;

describe('an edit inside a function', () => {
  it.each(['python', 'typescript'] as const)('gives the module of the whole text: %s', (language) => {
    const random = numbers(7);
    let exchanged = 0;
    for (const path of corpusFiles(root).filter((p) => p.endsWith(language === 'python' ? '.py' : '.ts'))) {
      const parse = createEditorParse(python);
      const plain = createParse(python);
      let file: SourceFile = { path, text: readFileSync(path, 'utf8'), language };
      parse(file);
      for (const text of edits(file, 12, random)) {
        file = { ...file, text };
        const result = parse(file);
        if (isExchanged(result)) exchanged++;
        expect([difference(result.module, plain(file).module), text]).toEqual([null, text]);
      }
    }
    expect(exchanged).toBeGreaterThan(50);
  });

  const before = 'total = 0\n\ndef add(n):\n    global total\n    value = total\n    total = value + n\n\ndef read():\n    return total\n';

  it('leaves all other functions the objects they are', () => {
    const parse = createEditorParse(python);
    const { module } = parse(pythonFile(before));
    const read = module.functions.find((f) => f.name === 'read');
    const next = parse(pythonFile(before.replace('value + n', 'value + 2 * n')));
    expect(isExchanged(next)).toBe(true);
    expect(next.module.functions.find((f) => f.name === 'read')).toBe(read);
    expect(read?.span.start).toBe(before.indexOf('def read') + 4);
  });

  it.each([
    [
      'a function as a default',
      typescript('export function f(a: number, g = () => a): number {\n  const b = 1;\n  return g() + b;\n}\n'),
      'b = 1',
      'b = 12',
    ],
    [
      'a lambda as a default',
      pythonFile(
        'LIMIT = 1\n\nclass A:\n    STEP = 2\n\n    def f(self, g=lambda: LIMIT, step=STEP):\n        b = 1\n        return g() + b\n',
      ),
      'b = 1',
      'b = 12',
    ],
    ['super', pythonFile('class A(B):\n    def f(self):\n        super().f()\n        return 1\n'), 'return 1', 'return 12'],
    ['a private name', pythonFile('class A:\n    def f(self):\n        self.__n = 1\n        return 1\n'), 'return 1', 'return 12'],
    ['a decorator', pythonFile('@app.get("/")\nasync def f(request):\n    return 1\n'), 'return 1', 'return 12'],
    ['a function that is handed on', typescript("app.get('/', async (req, res) => {\n  res.send(1);\n});\n"), 'send(1)', 'send(12)'],
    [
      'a method of an object',
      typescript('export const store = {\n  async get(k: string) {\n    return 1;\n  },\n};\n'),
      'return 1',
      'return 12',
    ],
    ['a getter', typescript('class A extends B {\n  #n = 1;\n  get n() {\n    return this.#n + super.n + 1;\n  }\n}\n'), '+ 1', '+ 12'],
  ])('exchanges a function with %s', (_, file, was, is) => {
    const parse = createEditorParse(python);
    parse(file);
    const edited = { ...file, text: file.text.replace(was, is) };
    const result = parse(edited);
    expect(isExchanged(result)).toBe(true);
    expect(difference(results(result), results(createParse(python)(edited)))).toBeNull();
  });

  it('goes on from the last text that was not broken', () => {
    const parse = createEditorParse(python);
    const { module } = parse(pythonFile(before));
    const read = module.functions.find((f) => f.name === 'read');
    const broken = parse(pythonFile(before.replace('value + n', 'value + (')));
    expect(broken.problems.length).toBeGreaterThan(0);
    expect(broken.module.functions.find((f) => f.name === 'read')).not.toBe(read);
    const mended = pythonFile(before.replace('value + n', 'value + (n)'));
    const next = parse(mended);
    expect(next.module.functions.find((f) => f.name === 'read')).toBe(read);
    expect(difference(results(next), results(createParse(python)(mended)))).toBeNull();
    parse(pythonFile(before.replace('value + n', 'value + (')));
    expect(parse(mended)).toBe(next);
  });

  it('leaves a module that somebody keeps as it is', () => {
    const parse = createEditorParse(python);
    const { module } = parse(pythonFile(before));
    const kept = parse.shared(pythonFile(before));
    expect(kept.module).toBe(module);
    const copy = createParse(python)(pythonFile(before));
    const next = parse(pythonFile(before.replace('value + n', 'value + 2 * n')));
    expect(isExchanged(next)).toBe(false);
    expect(difference(results(kept), results(copy))).toBeNull();
    expect(parse.shared(pythonFile(before))).toBe(kept);
  });

  it('is not disturbed by other texts of the file that somebody looks at', () => {
    const parse = createEditorParse(python);
    parse(pythonFile(before));
    parse.shared(pythonFile(before.replace('value + n', 'value - n')));
    const next = parse(pythonFile(before.replace('value + n', 'value + 2 * n')));
    expect(isExchanged(next)).toBe(true);
  });

  it.each([
    [
      'another name of the module is bound',
      pythonFile(before),
      before.replace('    return total', '    global other\n    other = 1\n    return total'),
    ],
    ['its header is another', pythonFile(before), before.replace('def read():', 'def read(a):')],
    ['it does not end where it did', pythonFile(before), before.replace('    return total', '    return (total')],
    [
      'an import is used for the first time',
      typescript('import { a } from "./a";\nexport function f(): number {\n  return 1;\n}\n'),
      'import { a } from "./a";\nexport function f(): number {\n  return a;\n}\n',
    ],
    [
      'a member is set that a field is for',
      typescript('export class A {\n  socket: Socket;\n  open() {\n    return 1;\n  }\n}\n'),
      'export class A {\n  socket: Socket;\n  open() {\n    this.socket = connect();\n    return 1;\n  }\n}\n',
    ],
  ])('is parsed as a whole where %s', (_, file, text) => {
    const parse = createEditorParse(python);
    parse(file);
    const result = parse({ ...file, text });
    expect(isExchanged(result)).toBe(false);
    expect(difference(results(result), results(createParse(python)({ ...file, text })))).toBeNull();
  });
});
