/** Ways to code that only unknown answers, earlier calls or callbacks lead to. Every finding here was a miss once. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: SourceFile): string[] =>
  engine.check(file, options, control).findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);
const javascript = (text: string): SourceFile => ({ path: 'example.js', text, language: 'javascript' });

describe('answers that lead to the point', () => {
  const validated = (guard: string): SourceFile =>
    typescript(`export class Session {
  private token: string | null = null;
  async refresh(options: any): Promise<void> {
    if (!options) throw new Error('no options');
    if (options.reset) {
      if (options.a) options.log('a');
      if (options.b) options.log('b');
      if (options.c) options.log('c');
      if (options.d) options.log('d');
      if (options.e) options.log('e');
      if (options.f) options.log('f');
      return;
    }
    if (!['web', 'mobile'].includes(options.kind)) return;
    if (options.stages.length !== 2) return;
    ${guard}
    if (this.token === null) this.token = await options.fetchToken();
  }
}
`);
  it('are looked for where the way was left, not in what came after it', () => {
    expect(found(validated(''))).toEqual(['double-init 17→17']);
  });
  it('are not looked for where there is no way', () => {
    expect(found(validated('return;'))).toEqual([]);
  });
  it('a loop that depends on the unknown ends', () => {
    expect(
      found(
        typescript(`export class Reader {
  private home: string | null = null;
  async open(path: any, load: any): Promise<void> {
    while (path.startsWith('../')) path = path.slice(3);
    if (this.home === null) this.home = await load(path);
  }
}
`),
      ),
    ).toEqual(['double-init 5→5']);
  });
});

describe('calls that come first', () => {
  it('what is insisted on is set by the method that sets it', () => {
    expect(
      found(
        typescript(`export class Poller {
  private running = false;
  private last: string | null = null;
  async start(): Promise<void> { this.running = true; }
  async stop(): Promise<void> { this.running = false; }
  async poll(source: any): Promise<string | null> {
    if (!this.running) throw new Error('not started');
    if (this.last === null) this.last = await source.read();
    return this.last;
  }
}
`),
      ),
    ).toContain('double-init 8→8');
  });
  it('also where that is an asynchronous generator', () => {
    expect(
      found(
        python(`class Poller:
    def __init__(self):
        self.running = False
        self.last = None

    async def start(self):
        self.running = True
        yield "started"

    async def poll(self, source):
        if not self.running:
            raise RuntimeError("not started")
        if self.last is None:
            self.last = await source.read()
        return self.last
`),
      ),
    ).toContain('double-init 13→14');
  });
  it('a closure in what a factory hands out is made by calling that', () => {
    expect(
      found(
        javascript(`export function behavior(load) {
  return {
    onFetch(context) {
      let cached = null;
      context.fetch = async () => {
        if (cached === null) cached = await load(context);
        return cached;
      };
    },
  };
}
`),
      ),
    ).toEqual(['double-init 6→6']);
  });
  it.each([
    [
      'of JavaScript',
      typescript(`export class Walker {
  private root: string | null = null;
  async *walk(fs: any): AsyncGenerator<string> {
    if (this.root === null) this.root = await fs.realpath('.');
    yield this.root as string;
  }
}
`),
      ['double-init 4→4'],
    ],
    [
      'of Python',
      python(`class Walker:
    def __init__(self):
        self.root = None

    async def walk(self, fs):
        if self.root is None:
            self.root = await fs.realpath(".")
        yield self.root
`),
      ['double-init 6→7'],
    ],
  ])('an asynchronous generator %s is run to its end', (_, file, expected) => {
    expect(found(file)).toEqual(expected);
  });
});

describe('what is not in the file', () => {
  it.each([
    [
      'a method that subclasses define',
      javascript(`class Base {
  constructor() { this.client = null; }
  async get() {
    if (this.client === null) this.client = await this.createClient();
    return this.client;
  }
}
exports.Base = Base;
`),
      ['double-init 4→4'],
    ],
    [
      'a method of the class it is mixed into',
      python(`class ClientMixin:
    client = None

    async def get(self):
        if self.client is None:
            self.client = await self.create_client()
        return self.client
`),
      ['double-init 5→6'],
    ],
    [
      'what a base class gives',
      typescript(`import { Controller } from 'controllers';
export class Tokens extends Controller {
  private list: string[] | null = null;
  constructor(messenger: any) { super(messenger); this.initialize(); }
  async all(): Promise<string[] | null> {
    if (this.list === null) this.list = await this.messenger.call('list');
    return this.list;
  }
}
`),
      ['double-init 6→6'],
    ],
  ])('%s is unknown, and does not stand in the way', (_, file, expected) => {
    expect(found(file)).toEqual(expected);
  });
});

describe('callbacks and promises', () => {
  it('an act in a callback goes back to the check of who began it', () => {
    expect(
      found(
        javascript(`const fs = require('fs');
function ensure(dir, callback) {
  fs.stat(dir, (error) => {
    if (error) fs.mkdir(dir, callback);
    else callback(null);
  });
}
module.exports = ensure;
`),
      ),
    ).toEqual(['file-toctou 3→4']);
  });
  it('what is made into a promise may take its time', () => {
    expect(
      found(
        javascript(`class Tokens {
  constructor(credential) { this.credential = credential; this.cached = null; }
  getToken() {
    if (this.cached === null) return this.refresh();
    return Promise.resolve(this.cached);
  }
  refresh() {
    return Promise.resolve(this.credential.issue()).then((token) => {
      this.cached = token;
      return token;
    });
  }
}
exports.Tokens = Tokens;
`),
      ),
    ).toEqual(['double-init 4→4']);
  });
  it.each([
    ["'connecting'", ['check-then-act 4→7']],
    ["'connected'", []],
  ])('a placeholder of %s', (placeholder, expected) => {
    expect(
      found(
        javascript(`class Client {
  constructor(spawn) { this.spawn = spawn; this.state = 'new'; }
  async start() {
    if (this.state === 'connected') return;
    this.state = ${placeholder};
    this.process = await this.spawn();
    this.state = 'connected';
  }
}
exports.Client = Client;
`),
      ),
    ).toEqual(expected);
  });
});

describe('answers to one question', () => {
  const config = (given: string, key: string): SourceFile =>
    typescript(`export class Config {
  private data: any = null;
  constructor(private settings: any) {}
  async load(${given}): Promise<void> {
    const headers = this.settings.cookies.find('xsrf') ? { kind: 1 } : {};
    const response = await this.settings.fetch(${key}, headers);
    this.data = await response.json();
  }
}
`);
  it('may come in any order', () => {
    expect(found(config('', "'config'"))).toEqual([]);
  });
  it('not those to two', () => {
    expect(found(config('section: string', 'section'))).toEqual(['stale-response 6→7']);
  });
});

describe('losses that are handled', () => {
  it('setting a mode once more is no other outcome', () => {
    expect(
      found(
        python(`import os


async def make_dir(path):
    if not os.path.exists(path):
        try:
            os.mkdir(path)
        except FileExistsError:
            pass
        os.chmod(path, 0o700)
`),
      ),
    ).toEqual([]);
  });
});

describe('classes written as constructor functions', () => {
  const method = `function () {
  if (this.conn === null) this.conn = await this.options.create();
  return this.conn;
}`;
  const maker = `function Pool(options) {
  this.options = options;
  this.conn = null;
}
`;
  it.each([
    ['one by one', `${maker}Pool.prototype.get = async ${method};\nmodule.exports = Pool;\n`, 6],
    ['by way of a variable', `${maker}var proto = Pool.prototype;\nproto.get = async ${method};\nmodule.exports = Pool;\n`, 7],
    ['as an object', `${maker}Pool.prototype = {\n  get: async ${method},\n};\nmodule.exports = Pool;\n`, 7],
    ['assigned', `${maker}Object.assign(Pool.prototype, {\n  get: async ${method},\n});\nmodule.exports = Pool;\n`, 7],
    [
      'as compilers write them',
      `var Pool = (function () {\n${maker}Pool.prototype.get = async ${method};\nreturn Pool;\n}());\nexports.Pool = Pool;\n`,
      7,
    ],
  ])('have their methods called on an instance, put there %s', (_, text, line) => {
    expect(found(javascript(text))).toEqual([`double-init ${String(line)}→${String(line)}`]);
  });
  it('are not called without one', () => {
    const text = `${maker}Pool.prototype.get = ${method.replace('await ', '')};\nmodule.exports = Pool;\n`;
    expect(found(javascript(text))).toEqual([]);
  });
});

describe('keys that are objects', () => {
  it('are one place in all executions, also those that are made on the way', () => {
    const rooms = `const rooms = new Map();
io.on('connection', (socket) => {
  socket.on('join', async (name) => {
    if (!rooms.has(name)) {
      const history = await db.history(name);
      rooms.set(name, { history });
    }
  });
});
`;
    // A clock that counts how often it is asked: the search that finds it must not begin anew for ever.
    let asked = 0;
    const { findings } = engine.check(javascript(rooms), options, { now: () => asked++, cancelled: () => false });
    expect(findings.map((f) => f.rule)).toEqual(['get-or-create']);
    expect(asked).toBeLessThan(5000);
  });
  it('let a search come to its end', () => {
    const visits = `const visits = new Map();
const turn = () => new Promise((resolve) => setImmediate(resolve));
async function visit(key) {
  await turn();
  visits.set(key, (visits.get(key) ?? 0) + 1);
}
async function main() {
  await turn();
  const key = {};
  await Promise.all([visit(key), visit(key)]);
  console.log(visits.get(key));
}
main();
`;
    const trace = engine.simulate({ file: javascript(visits), line: null }, options, control);
    expect(trace.verdict).toBe('verified');
  });
});

describe('what was made before a gap', () => {
  const player = (after: string, dispose: string): SourceFile =>
    typescript(`export class Player {
  private ctx: AudioContext | null = null;
  async load(): Promise<void> {
    this.ctx = new AudioContext();
    await this.ctx.resume();
    ${after}
  }
  dispose(): void {
    ${dispose}
  }
}
`);
  it('may have been taken away when it is used after it', () => {
    expect(found(player('this.ctx.createBuffer();', 'this.ctx = null;'))).toEqual(['stale-after-await 4→6']);
  });
  it('is there when that is checked, when nobody takes it away, or when it is kept', () => {
    expect(found(player('if (this.ctx) this.ctx.createBuffer();', 'this.ctx = null;'))).toEqual([]);
    expect(found(player('this.ctx?.createBuffer();', 'this.ctx = null;'))).toEqual([]);
    expect(found(player('this.ctx.createBuffer();', 'this.ctx = new AudioContext();'))).toEqual([]);
    expect(found(player('const kept = this.ctx; kept.createBuffer();', 'this.ctx?.close();'))).toEqual([]);
  });
});
