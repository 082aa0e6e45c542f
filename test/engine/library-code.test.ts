/** What real modules are made of: injected fields, tables filled from outside, calls that share, files by way of stand-ins for `fs`. */
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string, path?: string): string[] =>
  engine.check(typescript(text, path), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

it('injects the fields that nothing in the file sets', () => {
  expect(
    found(`import { inject, injectable } from 'some-container';
import { Loader } from './loader';
@injectable()
export class Views {
  @inject(Loader) protected readonly loader: Loader;
  private readonly views = new Map<string, object>();
  async open(id: string): Promise<object> {
    const known = this.views.get(id);
    if (known) return known;
    const view = await this.loader.load(id);
    this.views.set(id, view);
    return view;
  }
}
`),
  ).toEqual(['get-or-create 8→11']);
});

it('finds in a table what was put there under a key nobody knows', () => {
  expect(
    found(`import { plugins } from './plugins';
export class Registry {
  private readonly makers = new Map<string, { make(): Promise<object> }>();
  private readonly made = new Map<string, object>();
  constructor() {
    for (const p of plugins.all()) this.makers.set(p.id, p);
  }
  async get(id: string): Promise<object> {
    const known = this.made.get(id);
    if (known) return known;
    const maker = this.makers.get(id);
    if (!maker) throw new Error('unknown');
    const object = await maker.make();
    this.made.set(id, object);
    return object;
  }
}
`),
  ).toEqual(['get-or-create 9→14']);
});

it('takes a decorator at its word that says calls share the one under way, or take turns', () => {
  const session = (decorator: string): string => `import { singleFlight, synchronized, logged } from './decorators';
import { api } from './api';
export class Session {
  private token: string | null = null;
  ${decorator}
  async renew(): Promise<void> {
    if (this.token === null) {
      this.token = await api.login();
    }
  }
}
`;
  expect(found(session('@logged'))).toEqual(['double-init 7→8']);
  expect(found(session('@singleFlight'))).toEqual([]);
  expect(found(session('@synchronized'))).toEqual([]);
});

it('knows the stand-ins for fs', () => {
  const ensure = (module: string): string => `const fs = require('${module}');
exports.ensure = (folder, done) => {
  fs.stat(folder, (error, stat) => {
    if (stat && stat.isDirectory()) done();
    else fs.mkdir(folder, done);
  });
};
`;
  expect(found(ensure('graceful-fs'), 'ensure.js')).toEqual(['file-toctou 3→5']);
  expect(found(ensure('fs-extra'), 'ensure.js')).toEqual(['file-toctou 3→5']);
});

it('knows that a row can be there once where a chain of promises says so', () => {
  const upsert = (end: string): string => `export function ensureUser(users, email) {
  return users.findOne({ email }).then((user) => {
    if (!user) {
      return users.insert({ email })${end};
    }
    return user;
  });
}
`;
  expect(found(upsert(''), 'users.js')).toHaveLength(1);
  expect(found(upsert(`.catch((e) => { if (e.code === 'CONFLICT') return ensureUser(users, email); throw e; })`), 'users.js')).toEqual([]);
});

it('ends a recursion that depends on the unknown', () => {
  const text = `import asyncio
import aiohttp

class Client:
    def __init__(self, host):
        self._host = host
        self._session = aiohttp.ClientSession()
        self._logged_in = False

    async def _login(self):
        async with self._session.post(self._host) as response:
            response.raise_for_status()
        self._logged_in = True

    async def request(self, path):
        if not self._logged_in:
            await self._login()
        async with self._session.get(path) as response:
            if response.status == 401:
                self._logged_in = False
                return await self.request(path)
            return await response.json()
`;
  const all = engine
    .check(python(text), { ...options, timeoutMs: 2000 }, control)
    .findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);
  expect(all).toContain('check-then-act 16→17');
});
