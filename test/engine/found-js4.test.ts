/** Races of servers, pools and stores: how what they are about comes to be, and who calls what they hand out. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('what a connection has', () => {
  const server = (head: string, foot: string, before: string, after: string): string => `${head}
    const ctx = { open: true, streams: {} };
    socket.onMessage(async (data) => {
      const { id, query } = JSON.parse(data.toString());
      if (id in ctx.streams) return socket.close(4409);
      ${before}const stream = await socket.run(query);
      ${after}
      stream.begin();
    });
${foot}
`;
  const late = 'ctx.streams[id] = stream;';
  it('is state of its own, whatever it is called; a message is JSON', () => {
    expect(found(server('exports.serve = function (socket) {', '};', '', late))).toEqual(['warning get-or-create 5→7']);
    expect(found(server('exports.serve = function (socket) {', '};', 'ctx.streams[id] = null; ', ''))).toEqual([]);
  });
  it('is made by a method of what a function gives', () => {
    const head = 'exports.makeServer = () => { return { opened(socket) {';
    expect(found(server(head, '} }; };', '', late))).toEqual(['warning get-or-create 5→7']);
    expect(found(server(head, '} }; };', 'ctx.streams[id] = null; ', ''))).toEqual([]);
  });
});

describe('a switch that is off at first', () => {
  const track = (unmute: string): string => `import { capture } from './media';
export class Track {
  private muted = false;
  private stream: MediaStream | null = null;
  private last: Promise<void> = Promise.resolve();
  private inTurn(task: () => Promise<void>): Promise<void> {
    return (this.last = this.last.then(task, task));
  }
  mute(): void {
    this.stream = null;
    this.muted = true;
  }
  ${unmute}
}
`;
  const body = `if (!this.muted) return;
    this.stream = await capture();
    this.muted = false;`;
  it('is turned on before two want it off', () => {
    expect(found(track(`async unmute(): Promise<void> {\n    ${body}\n  }`))).toEqual(['warning check-then-act 14→16']);
  });
  it('is no matter to what a method of the same object calls in turn', () => {
    expect(found(track(`unmute(): Promise<void> {\n    return this.inTurn(async () => {\n    ${body}\n    });\n  }`))).toEqual([]);
  });
});

describe('what others have registered', () => {
  const spaces = (again: string): string => `export class Spaces {
  constructor(server) {
    this.server = server;
    this.spaces = new Map();
    this.rules = [];
  }
  of(name, callback) {
    if (this.spaces.has(name)) return callback(this.spaces.get(name));
    this.check(name, (allowed) => {
      if (!allowed) return callback(null);
      ${again}
      const space = this.server.create(name);
      this.spaces.set(name, space);
      callback(space);
    });
  }
  check(name, done) {
    const rule = this.rules[0];
    if (!rule) return done(false);
    rule(name, (err, allow) => done(!err && allow));
  }
  use(rule) { this.rules.push(rule); }
}
`;
  it('is asked before anything is done', () => {
    expect(found(spaces(''))).toEqual(['warning get-or-create 8→13']);
    expect(found(spaces('if (this.spaces.has(name)) return callback(this.spaces.get(name));'))).toEqual([]);
  });
});

describe('what is in an element of a private table', () => {
  const vaults = (open: string, close: string): string => `import { Mutex } from 'async-mutex';
import { Controller, decrypt } from './base';
export class Vaults extends Controller {
  #runtimes = new Map<string, { state?: object; mutex: Mutex }>();
  constructor(messenger: Messenger) {
    super(messenger);
    messenger.subscribe('added', (id: string) => this.#setup(id));
  }
  #setup(id: string): void {
    if (!this.#runtimes.has(id)) this.#runtimes.set(id, { mutex: new Mutex() });
  }
  #runtime(id: string) {
    const runtime = this.#runtimes.get(id);
    if (runtime === undefined) throw new Error('not installed');
    return runtime;
  }
  async getState(id: string): Promise<object | null> {
    const runtime = this.#runtime(id);
    ${open}
    if (runtime.state !== undefined) return runtime.state;
    const stored = this.state.vaults[id];
    if (stored === undefined) return null;
    const decrypted = await decrypt(stored);
    runtime.state = decrypted;
    return decrypted;
    ${close}
  }
}
`;
  it('is there when somebody has put the element there; what is assigned to another object is inherited all the same', () => {
    expect(found(vaults('', ''))).toEqual(['warning double-init 20→24']);
    expect(found(vaults('return runtime.mutex.runExclusive(async () => {', '});'))).toEqual([]);
  });
});

describe('the names of the parts of an object', () => {
  const schemas = (put: string): string => `const { compile } = require('./compiler');
class Schemas {
  constructor() { this.options = { strict: true, cache: false }; this.compiled = new Map(); this.names = new Map([['user', 1]]); }
  async load(name) {
    if (!this.names.has(name)) return null;
    if (this.compiled.has(name)) return this.compiled.get(name);
    ${put}
  }
}
module.exports = { Schemas };
`;
  it('are no keys of tables', () => {
    const late = 'const schema = await compile(name);\n    this.compiled.set(name, schema);\n    return schema;';
    expect(found(schemas(late))).toEqual(['warning get-or-create 6→8']);
    expect(found(schemas('const schema = compile(name);\n    this.compiled.set(name, schema);\n    return schema;'))).toEqual([]);
  });
});
