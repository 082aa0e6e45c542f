/**
 * Candidates of a file that is edited: what was walked before is used again, and they are those of the text as it is, looked
 * at for the first time.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse, builtInModels } from '../../src/core/detect/analysis.ts';
import { detect } from '../../src/core/detect/index.ts';
import type { Module, Program } from '../../src/core/program/program.ts';
import type { SourceFile } from '../../src/engine/api.ts';
import { createEditorParse, createParse, followImports, type Parse } from '../../src/engine/project.ts';
import { createPythonFrontEnd } from '../../src/frontends/python/index.ts';
import { corpusFiles } from '../corpus/run.ts';
import { edits, numbers } from './edits.ts';
import { python as pythonFile, root, typescript } from './load.ts';

const wasm = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, 'node_modules', path)));
const python = await createPythonFrontEnd({
  runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'),
  grammar: wasm('tree-sitter-python/tree-sitter-python.wasm'),
});

/** All that is said of the candidates, by names and places. */
function described(program: Program): unknown[] {
  return detect(program).candidates.map(({ module, fn, owner, rivals, inside, ...rest }) => ({
    ...rest,
    path: module.path,
    fn: [fn.id, fn.qualifiedName],
    owner: owner?.qualifiedName,
    inside: inside.map(({ start, end, module: where }) => [start, end, where?.path]),
    rivals: rivals?.map((f) => f.qualifiedName),
  }));
}

const office = {
  python: [
    'office.py',
    'class Office:\n    def __init__(self):\n        self.seats = {}\n        self.open = False\n\n    def take(self, name):\n        if name not in self.seats:\n            self.seats[name] = 1\n\n    async def start(self):\n        if not self.open:\n            await self.connect()\n            self.open = True\n\noffice = Office()\n',
  ],
  typescript: [
    'office.ts',
    'export class Office {\n  seats = new Map<string, number>();\n  open = false;\n  take(name: string): void {\n    if (!this.seats.has(name)) this.seats.set(name, 1);\n  }\n  async start(): Promise<void> {\n    if (!this.open) {\n      await this.connect();\n      this.open = true;\n    }\n  }\n}\nexport const office = new Office();\n',
  ],
} as const;

const visitor = {
  python:
    '\nfrom office import office\n\nasync def visit(name):\n    if name not in office.seats:\n        await office.start()\n        office.take(name)\n',
  typescript:
    "\nimport { office } from './office';\n\nexport async function visit(name: string): Promise<void> {\n  if (!office.seats.has(name)) {\n    await office.start();\n    office.take(name);\n  }\n}\n",
} as const;

function programOf(file: SourceFile, parse: Parse): Program {
  const [path, text] = office[file.language === 'python' ? 'python' : 'typescript'];
  return followImports(parse(file).module, parse, (asked) => (asked === path ? text : null));
}

describe('detection after an edit', () => {
  it.each([
    ['python', false],
    ['typescript', false],
    ['python', true],
    ['typescript', true],
  ] as const)('finds what a first look finds: %s, by way of another file: %s', (language, isLinked) => {
    const random = numbers(isLinked ? 3 : 5);
    let exchanged = 0;
    for (const path of corpusFiles(root).filter((p) => p.endsWith(language === 'python' ? '.py' : '.ts'))) {
      const parse = createEditorParse(python);
      const text = readFileSync(path, 'utf8') + (isLinked ? visitor[language] : '');
      let file: SourceFile = { path: language === 'python' ? 'main.py' : 'main.ts', text, language };
      described(programOf(file, parse));
      for (const next of edits(file, isLinked ? 4 : 8, random)) {
        file = { ...file, text: next };
        const program = programOf(file, parse);
        if (program.modules[0]?.exchanged !== undefined) exchanged++;
        expect([next, described(program)]).toEqual([next, described(programOf(file, createParse(python)))]);
      }
    }
    expect(exchanged).toBeGreaterThan(20);
  });

  const service = (first: string): string =>
    `import threading\n\nlock = threading.Lock()\nrows = {}\ntotal = 0\n\ndef get(key):\n${first}    if key not in rows:\n        rows[key] = load(key)\n    return rows[key]\n\ndef add(n):\n    global total\n    if total < 10:\n        total = total + n\n\ndef both(key):\n    if key in rows:\n        get(key)\n        add(1)\n`;
  const acts = (module: Module, name: string): unknown[] =>
    analyse(module, builtInModels)
      .facts.acts.filter(({ fn }) => fn.name === name)
      .map(({ act }) => act);

  it('walks only what the edit concerns', () => {
    const parse = createEditorParse(python);
    const before = parse(pythonFile(service(''))).module;
    const [get, add, both] = ['get', 'add', 'both'].map((name) => acts(before, name));
    const after = parse(pythonFile(service('    note = 1\n'))).module;
    expect(acts(after, 'add')).toEqual(add);
    expect(acts(after, 'add').every((act, i) => act === add?.[i])).toBe(true);
    // What it says to its callers is what it said.
    expect(acts(after, 'both').every((act, i) => act === both?.[i])).toBe(true);
    expect(acts(after, 'get').some((act, i) => act === get?.[i])).toBe(false);
    expect(add?.length).toBeGreaterThan(0);
  });

  it('walks the callers of what does something else now', () => {
    const parse = createEditorParse(python);
    const before = parse(pythonFile(service(''))).module;
    const [add, both] = ['add', 'both'].map((name) => acts(before, name));
    const after = parse(pythonFile(service('    rows.clear()\n'))).module;
    expect(acts(after, 'both').some((act, i) => act === both?.[i])).toBe(false);
    expect(acts(after, 'both').length).toBeGreaterThan(both?.length ?? 0);
    expect(acts(after, 'add').every((act, i) => act === add?.[i])).toBe(true);
  });

  it('walks the callers of what has variables that calls share', () => {
    const text = (head: string): string =>
      `def text(lines):\n    ${head} = 1\n    found = None\n\n    def reader():\n        nonlocal found\n        found = lines\n\n    for line in reader:\n        if found is None:\n            found = head\n    return found\n\ndef handle(lines):\n    text(lines)\n\ndef call(lines):\n    text(lines)\n`;
    const parse = createEditorParse(python);
    described(programOf(pythonFile(text('head')), parse));
    const edited = pythonFile(text('heads'));
    const program = programOf(edited, parse);
    expect(program.modules[0]?.exchanged).toBeDefined();
    const keys = (m: Module): number => analyse(m, builtInModels).changes.size;
    const fresh = programOf(edited, createParse(python));
    expect(described(program)).toEqual(described(fresh));
    expect(program.modules.map(keys)).toEqual(fresh.modules.map(keys));
  });

  const locked = `import threading

lock = threading.Lock()
total = 0

def _add(n):
    global total
    if total < 10:
        total += n

def one():
    with lock:
        _add(1)

def two():
    with lock:
        _add(2)
`;
  const kitchen = `import asyncio

class Kitchen:
    def __init__(self):
        self.oven = asyncio.Lock()
        self.table = asyncio.Lock()

    async def bake(self):
        async with self.oven:
            async with self.table:
                await serve()

    async def clear(self):
        async with self.table:
            async with self.oven:
                await clean()
`;
  const open = `class Office:
    def __init__(self):
        self.seats = {}

    def take(self, name):
        self.seats[name] = 1

class Empty:
    def take(self, name):
        return None

office = None

def start():
    global office
    office = Office()

async def visit(name):
    if name not in office.seats:
        await welcome()
        office.take(name)
`;
  const box = `import { box } from 'box';

export class A {
  put(k: string) {
    this.tin.set('k', k);
  }
  async use() {
    if ((await this.tin.get('k')) === null) {
      await load();
      await this.tin.set('k', 1);
    }
  }
}
`;
  it.each([
    ['a lock', pythonFile(kitchen), 'asyncio.Lock()', 'None'],
    ['a class', pythonFile(open), 'office = Office()', 'office = Empty()'],
    ['a call with a lock held', pythonFile(locked), 'with lock:\n        _add(1)', 'if lock:\n        _add(1)'],
    ['what is asked of a store', typescript(box.replace(/await this.tin.set/, 'await this.tin.add')), 'this.tin.set', 'this.tin.put'],
  ])('looks again at everything where %s is said elsewhere', (_, file, was, is) => {
    const parse = createEditorParse(python);
    const first = described(programOf(file, parse));
    const edited = { ...file, text: file.text.replace(was, is) };
    const program = programOf(edited, parse);
    expect(program.modules[0]?.exchanged).toBeDefined();
    const found = described(program);
    expect(found).toEqual(described(programOf(edited, createParse(python))));
    expect(found.length).not.toBe(first.length);
  });
});
