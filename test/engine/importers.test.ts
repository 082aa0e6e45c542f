/** Who imports a file, and what that says of who runs it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, ReadFile } from '../../src/engine/api.ts';
import { createImporters, type ListFolder } from '../../src/engine/importers.ts';
import { control, loadEngine, options } from './load.ts';

/** A file system made of texts by their paths. */
function folders(files: Readonly<Record<string, string>>): { list: ListFolder; read: ReadFile; reads: string[] } {
  const reads: string[] = [];
  const list: ListFolder = (folder) => {
    const start = folder === '/' ? '/' : `${folder}/`;
    const names = new Map<string, boolean>();
    for (const path of Object.keys(files)) {
      if (!path.startsWith(start)) continue;
      const [name = '', ...rest] = path.slice(start.length).split('/');
      names.set(name, rest.length > 0);
    }
    return names.size === 0
      ? null
      : [...names].map(([name, isFolder]) => ({ name, isFolder, stamp: String(files[`${start}${name}`]?.length) }));
  };
  const read = (path: string): string | null => {
    reads.push(path);
    return files[path] ?? null;
  };
  return { list, read, reads };
}

function usersOf(path: string, files: Readonly<Record<string, string>>): string[] {
  const { list, read } = folders(files);
  return createImporters(list, read, () => 0)(path);
}

describe('who imports a file', () => {
  const project = {
    '/p/pyproject.toml': '',
    '/p/shop/__init__.py': '',
    '/p/shop/stock.py': 'stock = {}\n',
    '/p/shop/service.py': 'from .stock import stock\n',
    '/p/shop/views/__init__.py': '',
    '/p/shop/views/buy.py': 'from ..service import (\n    buy,  # what else\n    sell,\n)\n',
    '/p/shop/other.py': 'import os\nfrom .stockroom import stock\n',
    '/p/tools/report.py': 'import shop.stock as s\n',
    '/p/tools/late.py': 'def f():\n    from shop import stock\n',
    '/p/venv/lib/copy.py': 'from shop.stock import stock\n',
  };
  it('is told by the text of imports: relative ones, whole paths, names of packages; those who import them, too', () => {
    expect(usersOf('/p/shop/stock.py', project)).toEqual([
      '/p/shop/service.py',
      '/p/tools/report.py',
      '/p/tools/late.py',
      '/p/shop/views/buy.py',
    ]);
  });
  it('is nobody for a file that nobody imports, and for one of another language', () => {
    expect(usersOf('/p/tools/late.py', project)).toEqual([]);
    expect(usersOf('/p/shop/stock.ts', project)).toEqual([]);
  });
  it('goes by way of a package that passes a name on', () => {
    const files = {
      '/q/setup.cfg': '',
      '/q/core/__init__.py': 'from .registry import default\n',
      '/q/core/registry.py': 'default = {}\n',
      '/q/app.py': 'from core import default\n',
    };
    expect(usersOf('/q/core/registry.py', files)).toEqual(['/q/core/__init__.py', '/q/app.py']);
  });
  it('reads again only what has changed', () => {
    const files: Record<string, string> = { ...project };
    const { list, read, reads } = folders(files);
    let time = 0;
    const importers = createImporters(list, read, () => time);
    importers('/p/shop/stock.py');
    reads.length = 0;
    files['/p/tools/new.py'] = 'import shop.stock\n';
    expect(importers('/p/shop/stock.py')).not.toContain('/p/tools/new.py');
    time = 5000;
    expect(importers('/p/shop/stock.py')).toContain('/p/tools/new.py');
    expect(reads).toEqual(['/p/tools/new.py']);
  });
  it('takes no harm from what cannot be read', () => {
    expect(
      createImporters(
        () => null,
        () => null,
        () => 0,
      )('/p/a.py'),
    ).toEqual([]);
  });
});

describe('a function that another file calls', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine();
  });
  const stock = `class Stock:
    def __init__(self):
        self.items = {}

    def reserve(self, sku, user):
        if sku in self.items:
            return False
        self.items[sku] = user
        return True

stock = Stock()
`;
  const service = 'from stock import stock\n\ndef buy(sku, user):\n    return stock.reserve(sku, user)\n';
  const severities = (users: Readonly<Record<string, string>>): string[] => {
    const read: ReadFile = (path) => users[path] ?? null;
    read.usersOf = () => Object.keys(users);
    const { findings } = engine.check(
      { path: 'stock.py', text: stock, language: 'python' },
      { ...options, hints: true, timeoutMs: 5000 },
      control,
      read,
    );
    return findings.map((f) => `${f.severity} ${f.check.line}→${f.act.line}`);
  };
  it('runs in as many threads as there are requests for a handler there, by way of others', () => {
    const handler = (def: string, app: string): string =>
      `${app}\nfrom service import buy\n\n@app.post("/buy")\n${def} handle(sku: str, user: str):\n    return buy(sku, user)\n`;
    const flask = handler('def', 'from flask import Flask\napp = Flask(__name__)');
    expect(severities({ 'service.py': service, 'views.py': flask })).toEqual(['warning 6→8']);
    // On an event loop nothing comes between.
    const loop = handler('async def', 'from fastapi import FastAPI\napp = FastAPI()');
    expect(severities({ 'service.py': service, 'views.py': loop })).toEqual(['hint 6→8']);
  });
  it('says nothing of an object that each call makes for itself', () => {
    const own =
      'from flask import Flask\nfrom stock import Stock\napp = Flask(__name__)\n\n@app.post("/buy")\ndef handle():\n    return Stock().reserve("a", "b")\n';
    expect(severities({ 'views.py': own })).toEqual(['hint 6→8']);
  });
});
