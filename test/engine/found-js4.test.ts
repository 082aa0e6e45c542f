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

describe('a list that was looked up before a gap', () => {
  const todos = (before: string, after: string): string => `import { api } from './api';
export class Todos {
  todos: Todo[] = [];
  async add(title: string): Promise<void> {
    ${before}const saved = await api.add(title);
    this.todos = ${after};
  }
}
`;
  const early = 'const todos = this.todos; ';
  it('is copied without what came meanwhile, by whatever name it goes', () => {
    for (const copy of ['[...todos, saved]', 'todos.concat(saved)', 'todos.map((t) => (t.title === title ? saved : t))'])
      expect(found(todos(early, copy))).toEqual(['warning lost-update 5→6']);
    expect(found(todos('const items = this.todos; ', 'items.concat(saved)'))).toEqual(['warning lost-update 5→6']);
  });
  it('is looked up again', () => {
    for (const copy of ['[...this.todos, saved]', 'this.todos.concat(saved)', 'this.todos.filter((t) => t !== saved)'])
      expect(found(todos(early, copy))).toEqual([]);
  });
});

describe('the state of an extension of an editor', () => {
  const favourites = (first: string, second: string): string => `import * as vscode from 'vscode';
import { fetchItem } from './api';
export class Favourites {
  constructor(private readonly context: vscode.ExtensionContext) {}
  async add(id: string): Promise<void> {
    ${first}
    ${second}
    await this.context.globalState.update('favourites', [...items, item.name]);
  }
}
`;
  const items = "const items = this.context.globalState.get<string[]>('favourites', []);";
  const item = 'const item = await fetchItem(id);';
  it('is kept under keys', () => {
    expect(found(favourites(items, item))).toEqual(['warning lost-update 6→8']);
    expect(found(favourites(item, items))).toEqual([]);
  });
});

describe('what is counted and given up when nobody has it', () => {
  const registry = (check: string): string => `import { flush, openDocument } from './documents';
export class Registry {
  private readonly refs = new Map<string, { count: number; doc: Promise<Doc> }>();
  open(uri: string): Promise<Doc> {
    const entry = this.refs.get(uri);
    if (entry) {
      entry.count++;
      return entry.doc;
    }
    const doc = openDocument(uri);
    this.refs.set(uri, { count: 1, doc });
    return doc;
  }
  async release(uri: string): Promise<void> {
    const entry = this.refs.get(uri);
    if (!entry) return;
    entry.count--;
    if (entry.count === 0) {
      await flush(uri);
      ${check}this.refs.delete(uri);
    }
  }
}
`;
  it('is asked for while it is given up', () => {
    expect(found(registry(''))).toEqual(['warning check-then-act 18→20']);
    expect(found(registry('if (entry.count > 0) return; '))).toEqual([]);
  });
});

describe('a function that only a chain of promises calls', () => {
  const client = (start: string): string => `import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';
let client: LanguageClient | undefined;
let last: Promise<void> = Promise.resolve();
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const doRestart = async () => {
    if (client) await client.stop();
    client = new LanguageClient('x', 'X', {}, {});
    await client.start();
  };
  const restart = () => ${start};
  context.subscriptions.push(vscode.commands.registerCommand('x.restart', restart));
  await restart();
}
`;
  it('is run in turn', () => {
    expect(found(client('doRestart()'))).toEqual(['warning wait-without-loop 7→8']);
    expect(found(client('(last = last.then(doRestart, doRestart))'))).toEqual([]);
  });
});

describe('one that is taken and given back', () => {
  const pool = (early: string, late: string): string => `import { Worker } from './worker';
export class Pool {
  private idle: Worker[] = [];
  private size = 0;
  constructor(private readonly max: number) {}
  async run(task: object): Promise<unknown> {
    let worker = this.idle.pop();
    if (!worker) {
      if (this.size >= this.max) throw new Error('busy');
      ${early}worker = await Worker.spawn();${late}
    }
    try {
      return await worker.exec(task);
    } finally {
      this.idle.push(worker);
    }
  }
}
`;
  it('is nobody else’s meanwhile', () => {
    expect(found(pool('', ' this.size++;'))).toContain('warning check-then-act 9→10');
    expect(found(pool('this.size++; ', ''))).toEqual([]);
  });
});

describe('what a handler is given to fill', () => {
  const client = (begin: string): string => `import axios from 'axios';
let token: string | null = null;
let pending: Promise<void> | null = null;
export const client = axios.create({ baseURL: '/api' });
async function refresh(): Promise<void> {
  const { data } = await axios.post('/auth/refresh');
  token = data.token;
}
client.interceptors.request.use(async (config) => {
  if (!token) await ${begin};
  config.headers.Authorization = \`Bearer \${token ?? ''}\`;
  return config;
});
`;
  it('can be filled; a function is not called because its name is in a text', () => {
    expect(found(client('refresh()'))).toEqual(['warning double-init 10→10']);
    expect(found(client('(pending ??= refresh().finally(() => { pending = null; }))'))).toEqual([]);
  });
});

describe('a number that grows with every call', () => {
  const log = (before: string, after: string): string => `import { append, rotate } from './files';
export class Log {
  private size = 0;
  constructor(private readonly max: number) {}
  async write(line: string): Promise<void> {
    if (this.size > this.max) {
      ${before}await rotate();${after}
    }
    this.size += line.length;
    await append(line);
  }
}
`;
  it('is past its limit when there were some', () => {
    expect(found(log('', ' this.size = 0;'))).toEqual(['warning check-then-act 6→7']);
    expect(found(log('this.size = 0; ', ''))).toEqual([]);
  });
});

describe('what a listener goes on with', () => {
  const client = (again: string, use: string): string => `import { getToken } from './auth';
export class Client {
  private socket: WebSocket | null = null;
  constructor(private url: string) {}
  connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = async () => {
      const token = await getToken();
      ${again}${use}.send(token);
    };
    socket.onclose = () => {
      this.socket = null;
    };
  }
}
`;
  it('is gone when the connection has been closed meanwhile; it is closed when it has been opened', () => {
    expect(found(client('', 'this.socket!'))).toEqual(['warning stale-after-await 7→10']);
    expect(found(client('if (!this.socket) return; ', 'this.socket'))).toEqual([]);
    expect(found(client('', 'socket'))).toEqual([]);
  });
});

describe('a method of a class that only others inherit from', () => {
  const service = (before: string, after: string): string => `abstract class Service {
  protected started = false;
  protected abstract onStart(): Promise<void>;
  async start(): Promise<void> {
    if (this.started) return;
    ${before}await this.onStart();${after}
  }
}
export class HttpService extends Service {
  protected async onStart(): Promise<void> {
    await listen(8080);
  }
}
export declare function listen(port: number): Promise<void>;
`;
  it('is called from outside', () => {
    expect(found(service('', ' this.started = true;'))).toEqual(['warning double-init 5→6']);
    expect(found(service('this.started = true; ', ''))).toEqual([]);
  });
});

describe('what a library of user interfaces runs at once', () => {
  const feed = (library: string, call: string, before: string): string => `import { ${library} } from 'library';
import { api } from './api';
export class Feed {
  items: string[] = [];
  private loaded = false;
  constructor(private zone: NgZone) {}
  async load(): Promise<void> {
    if (this.loaded) return;
    ${before}const items = await api.items();
    ${call}(() => {
      this.items = [...this.items, ...items];
      this.loaded = true;
    });
  }
}
`;
  it('goes on where it is handed over', () => {
    expect(found(feed('runInAction', 'runInAction', ''))).toEqual(['warning double-init 8→12']);
    expect(found(feed('NgZone', 'this.zone.run', ''))).toEqual(['warning double-init 8→12']);
    expect(found(feed('NgZone', 'this.zone.run', 'this.loaded = true; '))).toEqual([]);
  });
});

describe('an answer to what was asked with something that others change', () => {
  const feed = (body: string): string => `import { fetchPage } from './api';
export class Feed {
  items: Item[] = [];
  offset = 0;
  loading = false;
  async more(): Promise<void> {
    ${body}
  }
}
`;
  it('is no longer what it was asked for', () => {
    expect(found(feed('const page = await fetchPage(this.offset);\nthis.offset += page.length;'))).toEqual(['warning lost-update 7→8']);
    expect(found(feed('const page = await fetchPage(this.items.length);\nthis.items.push(...page);'))).toEqual(['warning lost-update 7→8']);
    expect(found(feed('const page = await fetchPage(this.items.length);\nthis.items = [...this.items, ...page];'))).toEqual([
      'warning lost-update 7→8',
    ]);
  });
  it('is where one asks at a time, and is put beside what was taken out', () => {
    const guarded = 'const page = await fetchPage(this.offset);\nthis.offset += page.length;\nthis.loading = false;';
    expect(found(feed(`if (this.loading) return; this.loading = true; ${guarded}`))).toEqual([]);
    const moved = 'const from = this.offset; this.offset += 10;\nconst page = await fetchPage(from);\nthis.items.push(...page);';
    expect(found(feed(moved))).toEqual([]);
    const back = 'const batch = this.items; this.items = [];\nthis.items = [...(await fetchPage(batch)), ...this.items];';
    expect(found(feed(back))).toEqual([]);
  });
});

describe('a timer that is set when a connection has been asked for something', () => {
  const client = (again: string): string => `import { getToken } from './auth';
export class Client {
  private timer: ReturnType<typeof setTimeout> | undefined;
  connect(url: string): void {
    const socket = new WebSocket(url);
    socket.onopen = async () => {
      const token = await getToken();
      ${again}
      socket.send(token);
      this.timer = setTimeout(() => socket.close(4408), 1000);
    };
    socket.onclose = () => {
      clearTimeout(this.timer);
    };
  }
}
`;
  it('is set for one that has been closed meanwhile', () => {
    expect(found(client(''))).toEqual(['warning stale-after-await 7→10']);
    expect(found(client('if (socket.readyState !== WebSocket.OPEN) return;'))).toEqual([]);
  });
});
