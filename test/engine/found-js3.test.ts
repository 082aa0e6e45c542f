/** Races of services and stores: what a condition asks, what is begun, and what is kept elsewhere. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('a condition that asks of what is acted on by way of what was handed in', () => {
  const registry = (test: string, lock: string): string => `export class Registry {
  private entries: Entry[] = [];
  private names = new Set<string>();
  async register(entry: Entry): Promise<void> {
    if (${test}) return;
    ${lock}
    await entry.prepare();
    this.entries.push(entry);
  }
}
`;
  it('is about both', () => {
    expect(found(registry('this.entries.some((e) => e.name === entry.name)', ''))).toEqual(['warning check-then-act 5→8']);
    expect(found(registry('this.names.has(entry.name)', 'this.names.add(entry.name);'))).toEqual([]);
  });
});

describe('what a lock is handed', () => {
  const notes = (open: string, close: string): string => `import { Mutex } from 'async-mutex';
export const createNotes = (storage: AsyncStorage) => {
  const mutex = new Mutex();
  const load = async () => JSON.parse((await storage.getItem('notes')) ?? '[]');
  const save = async (notes: Note[]) => {
    await storage.setItem('notes', JSON.stringify(notes));
  };
  return {
    async add(id: string) {
      ${open}
        const notes = await load();
        notes.push({ id });
        await save(notes);
      ${close}
    },
  };
};
`;
  it('is no way in of its own, also for what it calls', () => {
    expect(found(notes('', ''))).toEqual(['warning lost-update 11→13']);
    expect(found(notes('await mutex.runExclusive(async () => {', '});'))).toEqual([]);
  });
});

describe('a number drawn from a counter', () => {
  const orders = (draw: string, after: string): string => `import { db } from './db';
export class Orders {
  private next = 1;
  private orders: Order[] = [];
  async add(item: string): Promise<void> {
    const id = ${draw};
    await db.saveOrder(id, item);
    ${after}this.orders.push({ id, item });
  }
}
`;
  it('is one of its own', () => {
    expect(found(orders('this.next', 'this.next = id + 1; '))).toEqual(['warning lost-update 6→8']);
    expect(found(orders('this.next++', ''))).toEqual([]);
    expect(found(orders('++this.next', ''))).toEqual([]);
  });
});

describe('a flag that is raised again while it is up', () => {
  const autosave = (before: string, after: string): string => `import { write } from './disk';
export class Autosave {
  private dirty = false;
  private values: Record<string, string> = {};
  set(key: string, value: string): void {
    this.values[key] = value;
    this.dirty = true;
  }
  async flush(): Promise<void> {
    if (!this.dirty) return;
    ${before}await write(JSON.stringify(this.values));
    ${after}
  }
}
`;
  it('is not heard by who lets it down afterwards', () => {
    expect(found(autosave('', 'this.dirty = false;'))).toEqual(['warning check-then-act 10→12']);
    expect(found(autosave('this.dirty = false; ', ''))).toEqual([]);
  });
});

describe('the storage of an extension', () => {
  const history = (body: string): string => `let last: Promise<void> = Promise.resolve();
export function visit(url: string): Promise<void> {
  ${body}
}
`;
  const update = `const { visited = [] } = await chrome.storage.local.get('visited');
  visited.push(url);
  await chrome.storage.local.set({ visited });`;
  it('keeps each key by itself', () => {
    expect(found(history(update).replace('export function', 'export async function'))).toEqual(['warning lost-update 3→5']);
    expect(found(history(update).replace('export function', 'export async function').replace('set({ visited })', 'set({ url })'))).toEqual(
      [],
    );
  });
  it('is changed by one after the other in a chain', () => {
    expect(found(history(`last = last.then(async () => {\n${update}\n  });\n  return last;`))).toEqual([]);
  });
});

describe('what is begun and not waited for', () => {
  const users = (test: string, begin: string): string => `import { fetchUser } from './api';
export class Users {
  private users = new Map<string, object>();
  private loading = new Set<string>();
  show(id: string): object | undefined {
    if (${test}) void this.load(id);
    return this.users.get(id);
  }
  private async load(id: string): Promise<void> {
    ${begin}
    this.users.set(id, await fetchUser(id));
    this.loading.delete(id);
  }
}
`;
  it('is begun twice', () => {
    expect(found(users('!this.users.has(id)', ''))).toEqual(['warning get-or-create 6→6']);
    expect(found(users('!this.users.has(id) && !this.loading.has(id)', 'this.loading.add(id);'))).toEqual([]);
  });
});

describe('a pair of methods of an object from elsewhere', () => {
  const settings = (body: string): string => `import { store } from './store';
import { fetchRemote } from './api';
export async function sync(): Promise<void> {
  ${body}
}
export function setTheme(theme: string): void {
  store.setSettings({ ...store.getSettings(), theme });
}
`;
  it('gets what was set', () => {
    const late = 'const old = store.getSettings();\n  const remote = await fetchRemote();\n  store.setSettings({ ...old, remote });';
    expect(found(settings(late))).toEqual(['warning lost-update 4→6']);
    const early = 'const remote = await fetchRemote();\n  store.setSettings({ ...store.getSettings(), remote });';
    expect(found(settings(early))).toEqual([]);
  });
  it('may have nothing to get yet', () => {
    const token = `import { auth } from './auth';
import { login } from './api';
export async function token(): Promise<string> {
  let token = auth.getToken();
  if (!token) {
    token = await login();
    auth.setToken(token);
  }
  return token;
}
`;
    expect(found(token)).toEqual(['warning check-then-act 4→7']);
  });
});

describe('an object that is given away', () => {
  const history = (get: string, hand: string): string => `import { identify, provide } from './app';
class History {
  constructor(private storage: AsyncStorage) {}
  async append(item: string): Promise<void> {
    const { id } = await identify();
    const key = \`messages:\${id}\`;
    const all = JSON.parse((await this.storage.getItem(key)) ?? '[]');
    all.push(item);
    await this.storage.${get}(key, JSON.stringify(all));
  }
}
export function install(storage: AsyncStorage): void {
  const history = new History(storage);
  ${hand}
}
`;
  it('is called by others, and two who ask alike may have the same key', () => {
    expect(found(history('setItem', 'provide({ history });'))).toEqual(['warning lost-update 7→9']);
    expect(found(history('addItem', 'provide({ history });'))).toEqual([]);
  });
});

describe('an error that an emitter tells of', () => {
  const source = `import { EventEmitter } from 'node:events';
import { Events, load } from './api';
export class Source extends EventEmitter {
  private values: object[] = [];
  async refresh(): Promise<void> {
    try {
      const values = await load();
      this.values = values;
      this.emit(Events.Changed, values);
    } catch (e) {
      this.emit(Events.Error, e);
    }
  }
}
`;
  it('is heard by whoever made it', () => {
    expect(found(source)).toEqual([]);
    expect(found(source.replace('Events.Error', "'error'"))).toEqual([]);
  });
});

describe('what an object works with', () => {
  const worker = (set: string): string => `export class Worker {
  private service: Service | null = null;
  private left = 0;
  ${set}(service: Service) {
    this.service = service;
  }
  private used(): Service {
    if (!this.service) throw new Error('no service');
    return this.service;
  }
  async run(): Promise<void> {
    const keys = await this.used().count();
    if (!keys) await this.used().load();
  }
}
`;
  it('is handed in before it is used', () => {
    expect(found(worker('setService'))).toEqual([]);
    const dropped = worker('setService').replace('  private used()', '  drop() {\n    this.service = null;\n  }\n  private used()');
    expect(found(dropped)).toEqual(['warning stale-after-await 15→16']);
  });
});

describe('a method that goes on only where something has been handed in', () => {
  const worker = (start: string): string => `import { TaskQueue } from './queue';
import { items } from './items';
export class Worker {
  private state = 'idle';
  private tasks = new TaskQueue();
  private service: Service | null = null;
  setService(service: Service): void {
    this.service = service;
  }
  private used(): Service {
    if (!this.service) throw new Error('no service');
    return this.service;
  }
  private async run(): Promise<void> {
    if (this.state !== 'idle') return;
    if (!(await this.used().isReady())) return;
    this.state = 'started';
    await items.decryptAll();
    this.state = 'idle';
  }
  async start(): Promise<void> {
    ${start}
  }
}
`;
  it('is run on an object that has it', () => {
    expect(found(worker('await this.run();'))).toEqual(['warning check-then-act 15→17']);
  });
  it('is run in its turn where only a queue runs it', () => {
    expect(found(worker('this.tasks.push(async () => {\n      await this.run();\n    });\n    await this.tasks.done();'))).toEqual([]);
  });
});
