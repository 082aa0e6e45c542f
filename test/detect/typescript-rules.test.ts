/** Rules on TypeScript: racy forms with the spans they must give, and fixed forms that must be silent. */
import { describe, it } from 'vitest';
import { check } from './check.ts';

describe('check-then-act', () => {
  it('an early exit, an await, a write', () => {
    check(
      'ts',
      `
      export class Seats {
        private taken: Record<string, string> = {};
        async book(seat: string, user: string) {
          if (this.taken[seat]) throw new Error('taken');
          //  ^^^^^^^^^^^^^^^^ check
          await pay(user);
          this.taken[seat] = user;
       // ^^^^^^^^^^^^^^^^^^^^^^^ act check-then-act
        }
      }
    `,
    );
  });

  it('through a then callback', () => {
    check(
      'ts',
      `
      let left = 3;
      export function claim(mail: { send(): Promise<void> }) {
        if (left > 0) {
        //  ^^^^^^^^ check
          return mail.send().then(() => { left = 0; });
          //                              ^^^^^^^^ act check-then-act
        }
      }
    `,
    );
  });

  it('not by beginning anew: what is checked is checked again', () => {
    check(
      'ts',
      `
      export class Pool {
        private pending: { resolve(): void }[] = [];
        drain() {
          const poll = (done: () => void) => {
            if (this.pending.length > 0) {
              this.dispense();
              setTimeout(() => { poll(done); }, 100);
              return;
            }
            done();
          };
          return new Promise<void>((resolve) => poll(resolve));
        }
        private dispense() {
          if (this.free < 1) return;
          this.pending.shift()!.resolve();
        }
        private free = 1;
        acquire() {
          return new Promise<void>((resolve) => { this.pending.push({ resolve }); });
        }
      }
    `,
    );
  });

  it('checked again after the await', () => {
    check(
      'ts',
      `
      let left = 3;
      export async function claim(mail: { send(): Promise<void> }) {
        if (left <= 0) return;
        await mail.send();
        if (left <= 0) return;
        left = 0;
      }
    `,
    );
  });

  it('a mutex around both', () => {
    check(
      'ts',
      `
      import { Mutex } from 'async-mutex';
      const mutex = new Mutex();
      let left = 3;
      export async function claim(mail: { send(): Promise<void> }) {
        await mutex.runExclusive(async () => {
          if (left <= 0) return;
          await mail.send();
          left = 0;
        });
      }
    `,
    );
  });

  it('a variable of the call is not shared', () => {
    check(
      'ts',
      `
      export async function total(ids: string[], shop: { price(id: string): Promise<number> }) {
        let sum = 0;
        for (const id of ids) {
          if (sum > 100) break;
          sum += await shop.price(id);
        }
        return sum;
      }
    `,
    );
  });
});

describe('lost-update', () => {
  it('the left side is read before the await on the right', () => {
    check(
      'ts',
      `
      let total = 0;
      export async function add(shop: { price(): Promise<number> }) {
        total += await shop.price();
     // ^^^^^ check
     // ^^^^^^^^^^^^^^^^^^^^^^^^^^^ act lost-update
      }
    `,
    );
  });

  it('an increment is one step', () => {
    check(
      'ts',
      `
      let total = 0;
      export async function add(shop: { price(): Promise<number> }) {
        const price = await shop.price();
        total += price;
      }
    `,
    );
  });

  it('a copied array', () => {
    check(
      'ts',
      `
      export class Store {
        items: string[] = [];
        async add(item: string, db: { save(items: string[]): Promise<void> }) {
          const items = [...this.items, item];
          //                ^^^^^^^^^^ check
          await db.save(items);
          this.items = items;
       // ^^^^^^^^^^^^^^^^^^ act lost-update
        }
      }
    `,
    );
  });
});

describe('double-init', () => {
  it('awaits between the test and the assignment', () => {
    check(
      'ts',
      `
      export class Client {
        private conn: object | null = null;
        async get() {
          if (!this.conn) {
          //  ^^^^^^^^^^ check
            this.conn = await connect();
         // ^^^^^^^^^^^^^^^^^^^^^^^^^^^ act double-init
          }
        }
      }
    `,
    );
  });

  it('is set before what it stands for', () => {
    check(
      'ts',
      `
      export class Client {
        private ready = false;
        private rows: string[] = [];
        async open() {
          if (this.ready) return;
          //  ^^^^^^^^^^ check
          this.ready = true;
          const answer = await fetchAll();
          this.rows = answer.rows;
       // ^^^^^^^^^^^^^^^^^^^^^^^ act double-init
        }
      }
    `,
      'least',
    );
    check(
      'ts',
      `
      export class Client {
        private busy = false;
        private rows: string[] = [];
        async refresh() {
          if (this.busy) return;
          this.busy = true;
          this.rows = [];
          await wait();
          this.busy = false;
        }
      }
    `,
    );
  });

  it('stores the promise', () => {
    check(
      'ts',
      `
      export class Client {
        private conn: Promise<object> | null = null;
        get() {
          if (!this.conn) this.conn = connect();
          return this.conn;
        }
      }
    `,
    );
  });

  it('sets the flag first', () => {
    check(
      'ts',
      `
      let started = false;
      export async function start(db: { open(): Promise<void> }) {
        if (started) return;
        started = true;
        await db.open();
      }
    `,
    );
  });
});

describe('get-or-create', () => {
  it('has, await, set', () => {
    check(
      'ts',
      `
      const cache = new Map<string, object>();
      export async function get(key: string) {
        if (!cache.has(key)) {
        //  ^^^^^^^^^^^^^^^ check
          cache.set(key, await load(key));
       // ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ act get-or-create
        }
      }
    `,
    );
  });

  it('a closure of a factory', () => {
    check(
      'js',
      `
      export function loader(fetchUser) {
        const users = new Map();
        return async (id) => {
          if (users.has(id)) return 1;
          //  ^^^^^^^^^^^^^ check
          users.set(id, await fetchUser(id));
       // ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ act get-or-create
        };
      }
    `,
    );
  });

  it('caches the promise', () => {
    check(
      'ts',
      `
      const cache = new Map<string, Promise<object>>();
      export function get(key: string) {
        if (!cache.has(key)) cache.set(key, load(key));
        return cache.get(key);
      }
    `,
    );
  });
});

describe('check-then-remove', () => {
  it('length, await, shift', () => {
    check(
      'ts',
      `
      const jobs: string[] = [];
      export async function take(log: { write(): Promise<void> }) {
        if (jobs.length > 0) {
        //  ^^^^^^^^^^^^^^^ check
          await log.write();
          return jobs.shift();
          //     ^^^^^^^^^^^^ act check-then-remove
        }
      }
    `,
    );
  });

  it('taken out before the await', () => {
    check(
      'ts',
      `
      const jobs: string[] = [];
      export async function take(log: { write(): Promise<void> }) {
        if (jobs.length === 0) return;
        const job = jobs.shift();
        await log.write();
        return job;
      }
    `,
    );
  });
});

describe('file-toctou', () => {
  it.each([
    ["import * as fs from 'fs';", 'fs.promises.mkdir'],
    ["import fs, { promises as fsp } from 'node:fs';", 'fsp.mkdir'],
    ["const fs = require('fs'); const { mkdir } = require('fs').promises;", 'mkdir'],
  ])('a folder that is looked for at once and made later: %s', (imports, make) => {
    check(
      'ts',
      `
      ${imports}
      export async function ensure(dir: string) {
        if (!fs.existsSync(dir)) await ${make}(dir);
        //  ^^^^^^^^^^^^^^^^^^^ check
        //                             ${'^'.repeat(make.length + 5)} act file-toctou
      }
    `,
    );
  });

  it('stat, then unlink', () => {
    check(
      'ts',
      `
      import * as fs from 'node:fs/promises';
      export async function clean(path: string) {
        const info = await fs.stat(path);
        //                 ^^^^^^^^^^^^^ check
        if (info.size === 0) await fs.unlink(path);
        //                         ^^^^^^^^^^^^^^^ act file-toctou
      }
    `,
    );
  });

  it('both steps at once', () => {
    check(
      'ts',
      `
      import * as fs from 'node:fs';
      export function make(dir: string) {
        if (!fs.existsSync(dir)) fs.mkdirSync(dir);
      }
    `,
    );
  });
});

describe('db-check-then-act', () => {
  it('findOne, create', () => {
    check(
      'ts',
      `
      import { User } from './models';
      export async function register(email: string) {
        const known = await User.findOne({ email });
        //                  ^^^^^^^^^^^^^^^^^^^^^^^ check
        if (known) throw new Error('known');
        await User.create({ email });
        //    ^^^^^^^^^^^^^^^^^^^^^^ act db-check-then-act
      }
    `,
    );
  });
});

describe('stale-after-await', () => {
  it('gone after close', () => {
    check(
      'ts',
      `
      export class Client {
        private socket: { send(m: string): void } | null = null;
        async send(m: string, log: { write(): Promise<void> }) {
          if (this.socket) {
          //  ^^^^^^^^^^^ check
            await log.write();
            this.socket.send(m);
         // ^^^^^^^^^^^^^^^^^^^ act stale-after-await
          }
        }
        close() {
          this.socket = null;
        }
      }
    `,
    );
  });
});

describe('stale-response', () => {
  it('an older answer may come last', () => {
    check(
      'ts',
      `
      export class Search {
        results: string[] = [];
        async search(query: string, api: { find(q: string): Promise<string[]> }) {
          this.results = await api.find(query);
          //             ^^^^^^^^^^^^^^^^^^^^^ check
       // ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ act stale-response
        }
      }
    `,
    );
  });

  it('compares the number of the request', () => {
    check(
      'ts',
      `
      export class Search {
        results: string[] = [];
        private latest = 0;
        async search(query: string, api: { find(q: string): Promise<string[]> }) {
          const mine = ++this.latest;
          const found = await api.find(query);
          if (mine !== this.latest) return;
          this.results = found;
        }
      }
    `,
    );
  });
});
