/** SQL in the forms programs write it in: with names put in, under names, in objects, with tags, through cursors that are waited for. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);
const foundInPython = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('SQL in JavaScript', () => {
  const seats = (ask: string, put: string, before = ''): string => `import { schema, client, sql } from './db';
${before}
export async function book(seat: string, user: string): Promise<void> {
  const { rows } = await ${ask};
  if (rows.length > 0) throw new Error('taken');
  await ${put};
}
`;
  const ask = 'SELECT id FROM bookings WHERE seat = $1';
  const put = 'INSERT INTO bookings (seat, user_id) VALUES ($1, $2)';
  const race = ['db-check-then-act 4→6'];
  it('may have the schema put in', () => {
    const name = '${schema}.bookings';
    const text = seats(
      `client.query(\`${ask.replace('bookings', name)}\`, [seat])`,
      `client.query(\`${put.replace('bookings', name)}\`, [seat, user])`,
    );
    expect(found(text)).toEqual(race);
  });
  it('may be put together', () => {
    const text = seats(
      `client.query('SELECT id FROM ' + schema + '.bookings WHERE seat = $1', [seat])`,
      `client.query('INSERT INTO ' + schema + '.bookings (seat, user_id) VALUES ($1, $2)', [seat, user])`,
    );
    expect(found(text)).toEqual(race);
  });
  it('may have a name', () => {
    const names = `const ASK = '${ask}', PUT = '${put}';`;
    expect(found(seats('client.query(ASK, [seat])', 'client.query(PUT, [seat, user])', names))).toEqual(race);
  });
  it('may lock the rows, or skip those that are there, where it has its name', () => {
    const locking = `const ASK = '${ask} FOR UPDATE', PUT = '${put}';`;
    expect(found(seats('client.query(ASK, [seat])', 'client.query(PUT, [seat, user])', locking))).toEqual([]);
    const skipping = `const ASK = '${ask}', PUT = '${put} ON CONFLICT DO NOTHING';`;
    expect(found(seats('client.query(ASK, [seat])', 'client.query(PUT, [seat, user])', skipping))).toEqual([]);
  });
  it('may be part of an object', () => {
    const text = seats(`client.query({ text: '${ask}', values: [seat] })`, `client.query({ text: '${put}', values: [seat, user] })`);
    expect(found(text)).toEqual(race);
  });
  it('may be a template with a tag, which gives the rows', () => {
    const text = `import { sql } from './db';
export async function book(seat: string, user: string): Promise<void> {
  const [taken] = await sql\`SELECT id FROM bookings WHERE seat = \${seat}\`;
  if (taken) throw new Error('taken');
  await sql\`INSERT INTO bookings (seat, user_id) VALUES (\${seat}, \${user})\`;
}
`;
    expect(found(text)).toEqual(['db-check-then-act 3→5']);
    expect(found(text.replace('{user})', '{user}) ON CONFLICT DO NOTHING'))).toEqual([]);
  });
});

describe('SQL that answers by a callback', () => {
  const register = (put: string): string => `const sqlite3 = require('sqlite3');
const db = new sqlite3.Database('app.db');
function register(email, done) {
  db.get('SELECT id FROM users WHERE email = ?', [email], (error, row) => {
    if (error) return done(error);
    if (row) return done(new Error('taken'));
    db.run('${put}', [email], done);
  });
}
module.exports = { register };
`;
  const check = (text: string): string[] =>
    engine
      .check({ path: 'register.js', text, language: 'javascript' }, options, control)
      .findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);
  it('is looked at before the callback, and changed in it', () => {
    expect(check(register('INSERT INTO users (email) VALUES (?)'))).toEqual(['warning db-check-then-act 4→7']);
  });
  it('may do all in one statement', () => {
    expect(check(register('INSERT OR IGNORE INTO users (email) VALUES (?)'))).toEqual([]);
  });
});

describe('SQL in Python', () => {
  const seats = (body: string): string => `class Seats:
    def __init__(self, pool, schema):
        self.pool = pool
        self.schema = schema

    async def book(self, seat, user):
        async with self.pool.acquire() as conn:
            async with conn.cursor() as cur:
${body}
`;
  it('is run by cursors that are waited for', () => {
    const body = `                await cur.execute("SELECT id FROM bookings WHERE seat = %s", (seat,))
                row = await cur.fetchone()
                if row is not None:
                    return False
                await cur.execute("INSERT INTO bookings (seat, user_id) VALUES (%s, %s)", (seat, user))
                return True`;
    expect(foundInPython(seats(body))).toEqual(['db-check-then-act 9→13']);
    expect(foundInPython(seats(body.replace('%s, %s)"', '%s, %s) ON CONFLICT DO NOTHING"')))).toEqual([]);
  });
  it('may have the schema put in, in either way', () => {
    const body = `                await cur.execute("SELECT id FROM " + self.schema + ".bookings WHERE seat = %s", (seat,))
                if await cur.fetchone() is None:
                    await cur.execute("INSERT INTO %s.bookings (seat, user_id) VALUES (%%s, %%s)" % self.schema, (seat, user))`;
    expect(foundInPython(seats(body))).toEqual(['db-check-then-act 9→11']);
  });
  it('is asked for the row that was found by what it holds', () => {
    const text = `class Jobs:
    def __init__(self, db):
        self.db = db

    async def claim(self, worker):
        row = await self.db.fetch_one(query="SELECT id FROM jobs WHERE owner IS NULL LIMIT 1")
        if row is None:
            return None
        await self.db.execute(query="UPDATE jobs SET owner = :owner WHERE id = :id", values={"owner": worker, "id": row["id"]})
        return row["id"]
`;
    expect(foundInPython(text)).toEqual(['db-check-then-act 6→9']);
  });
});
