/** Races in code as packages ship it: what compilers and callbacks make of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('asynchronous functions that a compiler made generators of', () => {
  const pool = (test: string, made: string): string => `class Pool {
  connect(name) {
    return __awaiter(this, void 0, void 0, function* () {
      if (${test}) return this.socket;
      ${made}
      return this.socket;
    });
  }
}
exports.Pool = Pool;
`;
  it('wait where they yield', () => {
    expect(found(pool('this.socket', 'this.socket = yield open(name);'))).toEqual(['warning double-init 4→5']);
    expect(found(pool('this.socket', 'this.socket = open(name);'))).toEqual([]);
  });
  it('take their parameters from the generator', () => {
    const text = pool('this.socket', 'this.socket = yield open(name);')
      .replace('connect(name)', 'connect()')
      .replace('void 0, void 0, function* ()', "arguments, void 0, function* (name = 'main')");
    expect(found(text)).toEqual(['warning double-init 4→5']);
  });
  it('are told by the helpers of other compilers, too', () => {
    const text = pool('this.socket', 'this.socket = yield open(name);');
    expect(found(text.replace('__awaiter(this, void 0, void 0,', '__async(this, null,'))).toEqual(['warning double-init 4→5']);
    const made = text.replace('__awaiter(this, void 0, void 0, ', '(0, _asyncToGenerator2.default)(').replace('    });', '    })();');
    expect(found(made)).toEqual(['warning double-init 4→5']);
  });
});

describe('private members that a compiler put into weak maps', () => {
  const loader = (set: string): string => `var _Loader_instances, _Loader_data, _Loader_load;
class Loader {
  constructor(api) {
    _Loader_instances.add(this);
    _Loader_data.set(this, undefined);
    this.api = api;
  }
  async get(id) {
    if (!__classPrivateFieldGet(this, _Loader_data, "f")) {
      ${set}
    }
    return __classPrivateFieldGet(this, _Loader_data, "f");
  }
}
_Loader_data = new WeakMap(), _Loader_instances = new WeakSet(), _Loader_load = async function _Loader_load(id) {
  const answer = await this.api.load(id);
  return answer.data;
};
exports.Loader = Loader;
`;
  it('are the members they stand for', () => {
    const late = loader(
      '__classPrivateFieldSet(this, _Loader_data, await __classPrivateFieldGet(this, _Loader_instances, "m", _Loader_load).call(this, id), "f");',
    );
    expect(found(late)).toEqual(['warning double-init 9→10']);
    const once = loader(
      '__classPrivateFieldSet(this, _Loader_data, __classPrivateFieldGet(this, _Loader_instances, "m", _Loader_load).call(this, id), "f");',
    );
    expect(found(once)).toEqual([]);
  });
  it('also as esbuild writes them', () => {
    const esbuild = (text: string): string =>
      text
        .replace('_Loader_instances.add(this)', '__privateAdd(this, _Loader_instances)')
        .replace('_Loader_data.set(this, undefined)', '__privateAdd(this, _Loader_data)')
        .replaceAll('__classPrivateFieldGet(this, _Loader_data, "f")', '__privateGet(this, _Loader_data)');
    const set = (value: string): string =>
      `__privateSet(this, _Loader_data, ${value}__privateMethod(this, _Loader_instances, _Loader_load).call(this, id));`;
    expect(found(esbuild(loader(set('await '))))).toEqual(['warning double-init 9→10']);
    expect(found(esbuild(loader(set(''))))).toEqual([]);
  });
});

describe('queries that are built link by link', () => {
  const seed = (body: string): string => `import makeKnex from 'knex';
const knex = makeKnex({ client: 'pg' });
export async function seed(name: string) {
  ${body}
}
`;
  const once = "if (!rows.length) await knex('settings').insert({ name });";
  const insert = 'insert({ name })';
  it('run when they are waited for', () => {
    expect(found(seed(`const rows = await knex('settings').select('*').where({ name });\n  ${once}`))).toEqual([
      'warning db-check-then-act 4→5',
    ]);
    expect(
      found(seed(`await knex('settings').${insert}.onConflict('name').ignore();\n  return knex('settings').select('*').where({ name });`)),
    ).toEqual([]);
  });
  it('and when they are handled', () => {
    const handled = `return knex('settings').select('*').where({ name })\n    .then((rows) => !rows.length && knex('settings').${insert});`;
    expect(found(seed(handled))).toEqual(['warning db-check-then-act 4→5']);
  });

  const claim = (db: string, begin: string, end: string): string => `export async function claim(knex: any, size: number) {
  ${begin}
    let due = ${db}('jobs').select('id', 'next_run_at');
    if (knex.isPostgres) due = due.forUpdate().skipLocked();
    const jobs = await due.where('next_run_at', '<=', knex.fn.now()).limit(size);
    await ${db}('jobs').whereIn('id', jobs.map((job: any) => job.id)).update({ next_run_at: later(knex) });
    return jobs.map((job: any) => job.id);
  ${end}
}
`;
  it('claim rows twice where the lock ends with the statement that took it', () => {
    expect(found(claim('knex', '', ''))).toEqual(['warning db-check-then-act 5→6']);
    expect(found(claim('trx', 'return knex.transaction(async (trx: any) => {', '});'))).toEqual([]);
  });
  it('do so also by what a parameter goes by here', () => {
    expect(found(claim('db', 'const db = knex;', ''))).toEqual(['warning db-check-then-act 5→6']);
  });
});

describe('what a promise gives', () => {
  const tokens = (share: string): string => `export class Tokens {
  private logins = new Map<string, Promise<any>>();
  constructor(private api: any) {}
  async token(user: string): Promise<string> {
    const login = await this.login(user);
    return login.token;
  }
  private async login(user: string): Promise<any> {
    const running = this.logins.get(user);
    if (running) return running;
    ${share}
  }
  private async begin(user: string): Promise<any> {
    return this.api.login(user);
  }
}
`;
  it('is no part of the place where the promise is kept', () => {
    const shared =
      'const login = this.begin(user);\n    this.logins.set(user, login);\n    try { return await login; } finally { this.logins.delete(user); }';
    expect(found(tokens(shared))).toEqual([]);
    const late = 'const login = await this.begin(user);\n    this.logins.set(user, login);\n    return login;';
    expect(found(tokens(late))).toEqual(['warning get-or-create 9→12']);
  });
});

describe('chains of promises', () => {
  const accounts = (then: string): string => `export class Accounts {
  private rows = new Map<string, object>();
  constructor(private db: any) {}
  ensure(name: string) {
    return this.db.open()
      .then(() => this.rows.get(name))
      ${then}
  }
  private create(name: string) {
    return this.db.create(name);
  }
}
`;
  it('hand on what one handler gives to the next', () => {
    const late = '.then((row: any) => row || this.create(name).then((made: any) => { this.rows.set(name, made); return made; }));';
    expect(found(accounts(late))).toEqual(['warning get-or-create 6→7']);
    const once = '.then((row: any) => { row ??= this.rows.get(name) ?? this.create(name); this.rows.set(name, row); return row; });';
    expect(found(accounts(once))).toEqual([]);
  });
});

describe('functions that call each other in a circle', () => {
  const session = (begin: string): string => `export class Session {
  constructor(private app: any, private service: any) {}
  resume() {
    const running = this.app.get('session');
    if (!running) {
      ${begin}
    }
    return running;
  }
  open(token: string) {
    if (!token) return this.resume();
    const session = this.service.create(token);
    this.app.set('session', session);
    return session;
  }
}
`;
  it('are told of though the one has the other in it', () => {
    expect(found(session('return this.service.token().then((token: string) => this.open(token));'))).toEqual(['warning get-or-create 4→6']);
    expect(found(session('return this.open(this.service.cachedToken);'))).toEqual([]);
  });
});

describe('what is put under a key before it is ready', () => {
  const rooms = (body: string): string => `export class Rooms {
  private rooms = new Map<string, any>();
  async get(id: string): Promise<Room> {
    const known = this.rooms.get(id);
    if (known) return known;
    ${body}
  }
  private async loadHistory(room: Room): Promise<Room> {
    room.messages = await fetchMessages(room.id);
    return room;
  }
}
class Room {
  messages: string[] = [];
  constructor(readonly id: string) {}
}
`;
  it('is given to who comes in between', () => {
    const early = 'const room = new Room(id);\n    this.rooms.set(id, room);\n    await this.loadHistory(room);\n    return room;';
    expect(found(rooms(early))).toEqual(['warning double-init 4→8']);
    const client = "const room = connection('rooms', id);\n    this.rooms.set(id, room);\n    return room;";
    expect(found(rooms(client))).toEqual([]);
  });
  it('is not there where the promise of it is', () => {
    const shared = 'const room = this.loadHistory(new Room(id));\n    this.rooms.set(id, room);\n    return room;';
    expect(found(rooms(shared))).toEqual([]);
  });
});
