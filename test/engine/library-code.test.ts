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

const inPython = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

it('knows that some calls end the handler', () => {
  expect(
    inPython(`from flask import Flask, abort, request
app = Flask(__name__)
players = {}

@app.route("/join", methods=["POST"])
def join():
    name = request.json["name"]
    if name in players:
        abort(409)
    players[name] = {"score": 0}
    return "", 201
`),
  ).toEqual(['get-or-create 8→10']);
});

it('gives one row for the largest number of a table', () => {
  const invoice = (numbered: string): string => `const { pool } = require('./db');
async function createInvoice(amount) {
  ${numbered}
}
module.exports = { createInvoice };
`;
  const computed = `const { rows } = await pool.query('SELECT MAX(number) AS last FROM invoices');
  await pool.query('INSERT INTO invoices (number, amount) VALUES ($1, $2)', [(rows[0].last || 0) + 1, amount]);`;
  const inOne = `await pool.query('INSERT INTO invoices (number, amount) SELECT MAX(number) + 1, $1 FROM invoices', [amount]);`;
  expect(found(invoice(computed), 'invoices.js')).toHaveLength(1);
  expect(found(invoice(inOne), 'invoices.js')).toEqual([]);
});

it('fills a container in an element up to the limit, whatever there is from the start', () => {
  expect(
    inPython(`from discord.ext import commands

bot = commands.Bot(command_prefix="!")
games = {}

class Game:
    def __init__(self, host):
        self.players = [host]

@bot.command()
async def start(ctx):
    games[ctx.channel.id] = Game(ctx.author)

@bot.command()
async def join(ctx):
    game = games.get(ctx.channel.id)
    if game is None:
        return
    if len(game.players) >= 4:
        return
    await ctx.send("joined")
    game.players.append(ctx.author)
`),
  ).toContain('check-then-act 19→22');
});

it('knows which application a request came to', () => {
  expect(
    inPython(`from aiohttp import web

async def handler(request):
    ws = web.WebSocketResponse()
    await ws.prepare(request)
    request.app["sockets"].add(ws)
    for other in request.app["sockets"]:
        await other.send_str("joined")
    return ws

app = web.Application()
app["sockets"] = set()
app.router.add_get("/ws", handler)
`),
  ).toEqual(['mutate-while-iterating 7→8']);
});

it('comes to what follows a try by way of its handler only', () => {
  expect(
    found(`import * as fs from 'fs';
export async function acquire(path: string): Promise<void> {
  const lock = path + '.lock';
  try {
    await fs.promises.access(lock);
    throw new Error('locked');
  } catch (e: any) {
    if (e.code !== 'ENOENT') throw e;
  }
  await fs.promises.writeFile(lock, String(process.pid));
}
`),
  ).toEqual(['file-toctou 5→10']);
});

it('follows what setdefault gives', () => {
  expect(
    inPython(`class Bot:
    def __init__(self, api):
        self.api = api
        self.data = {}

    async def claim(self, user):
        claimed = self.data.setdefault("claimed", set())
        if user in claimed:
            return False
        await self.api.give(user)
        claimed.add(user)
        return True
`),
  ).toEqual(['check-then-act 8→11']);
});

it('sees the threads of a class, and what is thrown away with what was taken', () => {
  const all = inPython(`import threading

class Debouncer:
    def __init__(self, delay, callback):
        self.delay = delay
        self.callback = callback
        self._timer = None
        self._pending = []

    def push(self, item):
        self._pending.append(item)
        if self._timer is None:
            self._timer = threading.Timer(self.delay, self._fire)
            self._timer.start()

    def _fire(self):
        items = self._pending
        self.callback(items)
        self._pending = []
        self._timer = None
`);
  expect(all).toContain('check-then-act 17→19');
  expect(all).toContain('double-init 12→13');
});

it('tells a lock by key that several hold from one that is taken in one step', () => {
  const once = (take: string): string => `import { Redis } from 'ioredis';
const redis = new Redis();
export async function once(job: string, run: () => Promise<void>): Promise<void> {
${take}
  try { await run(); } finally { await redis.del(job); }
}
`;
  const apart = `  if (await redis.get(job)) return;
  await redis.set(job, '1');`;
  const together = `  const taken = await redis.set(job, '1', 'EX', 60, 'NX');
  if (!taken) return;`;
  expect(found(once(apart))).toEqual(['check-then-act 4→5']);
  expect(found(once(together))).toEqual([]);
});
