/** Rows that are read, computed with and written back, and what keeps others out. Every finding here was a miss once. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: SourceFile): string[] =>
  engine.check(file, options, control).findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);

const repository = (body: string): SourceFile =>
  typescript(`import merge from 'lodash/merge';
import type { Knex } from 'knex';
export class Repository {
  constructor(private readonly db: Knex) {}
  async load(id: number): Promise<any> {
    const row = await this.db('counters').where({ id }).first();
    return merge({}, row?.data);
  }
  async change(id: number, changes: any): Promise<any> {
${body}
  }
}
`);

describe('a row that is read, computed with and written back', () => {
  it('loses an update', () => {
    const racy = repository(`    const row = await this.db('counters').where({ id }).first();
    await this.db('counters').where({ id }).update({ n: row.n + changes.by });`);
    expect(found(racy)).toEqual(['lost-update 10→11']);
  });
  it('loses it as well when a helper reads it, and the column is called data', () => {
    const racy = repository(`    const current = await this.load(id);
    await this.db('counters').where({ id }).update({ data: JSON.stringify(merge({}, current, changes)) });`);
    expect(found(racy)).toEqual(['lost-update 10→11']);
  });
  it('is safe where the version is part of the condition', () => {
    const safe = repository(`    const row = await this.db('counters').where({ id }).first();
    const done = await this.db('counters').where({ id, version: row.version }).update({ n: row.n + 1, version: row.version + 1 });
    return done === 1;`);
    expect(found(safe)).toEqual([]);
  });
  it('is safe where the data base computes it, and where the row is locked', () => {
    expect(found(repository(`    await this.db('counters').where({ id }).increment('n', changes.by);`))).toEqual([]);
    const locked = repository(`    await this.db.transaction(async (trx) => {
      const row = await trx('counters').where({ id }).forUpdate().first();
      await trx('counters').where({ id }).update({ n: row.n + changes.by });
    });`);
    expect(found(locked)).toEqual([]);
  });
  it('is told in Python, where the pool runs SQL and a method reads the row', () => {
    const wallet = (pay: string): SourceFile =>
      python(`class Wallets:
    def __init__(self, pool):
        self.pool = pool

    async def balance(self, user):
        row = await self.pool.fetchrow("SELECT balance FROM wallets WHERE user_id = $1", user)
        return row["balance"]

    async def pay(self, user, amount):
${pay}
`);
    const racy = wallet(`        current = await self.balance(user)
        await self.pool.execute("UPDATE wallets SET balance = $2 WHERE user_id = $1", user, current - amount)`);
    expect(found(racy)).toEqual(['lost-update 10→11']);
    const safe = wallet(`        await self.pool.execute("UPDATE wallets SET balance = balance - $2 WHERE user_id = $1", user, amount)`);
    expect(found(safe)).toEqual([]);
  });
});

describe('a sum of rows that is checked', () => {
  const booking = (body: string): SourceFile =>
    typescript(`import { prisma } from './db';
export async function book(workshopId: string, seats: number, capacity: number) {
${body}
}
`);
  it('is out of date when somebody else has booked', () => {
    const racy = booking(`  const taken = await prisma.booking.aggregate({ where: { workshopId }, _sum: { seats: true } });
  if ((taken._sum.seats ?? 0) + seats > capacity) throw new Error('full');
  return prisma.booking.create({ data: { workshopId, seats } });`);
    expect(found(racy)).toEqual(['db-check-then-act 3→5']);
  });
});

describe('the same call twice', () => {
  it('makes one row too many, though two different callers would not', () => {
    const racy = typescript(`import { Conversation } from './models';
export async function open(me: string, other: string) {
  const known = await Conversation.findOne({ members: { $all: [me, other] } });
  if (known) return known;
  return Conversation.create({ members: [me, other] });
}
`);
    expect(found(racy)).toEqual(['db-check-then-act 3→5']);
  });
});

it('takes what is made and asked to do things for no row', () => {
  const player = (body: string): SourceFile =>
    typescript(`import { Handle } from './handle';
export class Player {
  private current?: Handle;
  constructor(private readonly output: Output) {}
  play(text: string) {
    const handle = Handle.create({ text });
    handle.markScheduled();
    this.current = handle;
  }
  stop() {
    this.current = undefined;
  }
  async interrupt() {
    if (this.current) {
${body}
    }
  }
}
`);
  const late = player('      await this.output.pause();\n      this.current.interrupt();');
  expect(found(late)).toEqual(['stale-after-await 14→16']);
  const taken = player('      const { current } = this;\n      await this.output.pause();\n      current.interrupt();');
  expect(found(taken)).toEqual([]);
});
