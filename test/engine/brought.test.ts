/** State that a file brings from elsewhere, what a framework hands in, and limits that are nearly reached. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string, language: typeof python = python): string[] =>
  engine.check(language(text), options, control).findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)} ${f.shared}`);

describe('what is imported from a file nobody can see, and set here', () => {
  const flask = (imports: string, seats: string, first: string, then: string): string => `${imports}
app = Flask(__name__)
@app.post("/seats/<seat>")
def take(seat):
    ${first}
    if seat in ${seats}:
        abort(409)
    pay(seat)
    ${then}
`;
  const imports = 'from flask import Flask, abort, current_app; from shop.state import seats, lock; import threading';
  it('is shared, by whatever name', () => {
    expect(found(flask(imports, 'seats', 'pass', 'seats[seat] = 1'))).toEqual(['check-then-act 6→9 seats[seat]']);
    const config = 'current_app.config["SEATS"]';
    expect(found(flask(imports, config, 'pass', `${config}[seat] = 1`))).toEqual([`check-then-act 6→9 ${config}[seat]`]);
    expect(found(flask(imports, 'taken', `taken = ${config}`, 'taken[seat] = 1'))).toEqual([`check-then-act 6→9 ${config}[seat]`]);
  });
  it('is not where this call makes it, and is not where a lock is held or it is set at once', () => {
    expect(found(flask(imports, 'taken', 'taken = dict(seats)', 'taken[seat] = 1'))).toEqual([]);
    expect(
      found(`from flask import Flask, abort
from shop.state import seats, lock
app = Flask(__name__)
@app.post("/seats/<seat>")
def take(seat):
    with lock:
        if seat in seats:
            abort(409)
        seats[seat] = 1
    pay(seat)
`),
    ).toEqual([]);
    expect(found(flask(imports, 'seats', 'pass', 'seats.setdefault(seat, 1)'))).toEqual([]);
  });
  const state = (test: string, rest: string): string => `import { state } from './state';
export async function ensure(): Promise<void> {
  if (${test}) {
    ${rest}
  }
}
`;
  it('is shared in TypeScript as well', () => {
    expect(found(state('!state.ready', 'await init(); state.ready = true;'), typescript)).toEqual(['double-init 3→4 state.ready']);
    expect(found(state('!state.ready', 'state.ready = true; await init();'), typescript)).toEqual([]);
    expect(found(state('!state.starting', 'state.starting = init(); await state.starting;'), typescript)).toEqual([]);
  });
  it('is a table where a key is looked up and put there', () => {
    const post = (then: string): string => `import { seats } from '../state';
export async function POST(request: Request): Promise<Response> {
  const { seat, user } = await request.json();
  if (seats.has(seat)) return new Response(null, { status: 409 });
  ${then}
  return new Response();
}
`;
    expect(found(post('await pay(seat); seats.set(seat, user);'), typescript)).toEqual(['get-or-create 4→5 seats[seat]']);
    expect(found(post('seats.set(seat, user); await pay(seat);'), typescript)).toEqual([]);
  });
});

describe('what FastAPI works out for a parameter', () => {
  const app = (make: string, parameter: string): string => `from typing import Annotated
from fastapi import Depends, FastAPI, HTTPException
app = FastAPI()
class Seats:
    def __init__(self):
        self.taken = {}
seats = Seats()
${make}
@app.post("/seats/{seat}")
async def take(seat: str, user: str, seats: ${parameter}):
    if seat in seats.taken:
        raise HTTPException(409)
    await pay(user)
    seats.taken[seat] = user
`;
  const line = ['check-then-act 11→14 seats.taken[seat]'];
  it('is what its function gives, for each call', () => {
    expect(found(app('def get(): return seats', 'Seats = Depends(get)'))).toEqual(line);
    expect(found(app('async def get(): return seats', 'Annotated[Seats, Depends(get)]'))).toEqual(line);
    expect(found(app('def get(): yield seats', 'Seats = Depends(get)'))).toEqual(line);
  });
  it('is its own where that makes one', () => {
    expect(found(app('def get(): return Seats()', 'Seats = Depends(get)'))).toEqual([]);
  });
});

describe('a limit', () => {
  const counted = (first: string, then: string): string => `class Slots:
    def __init__(self):
        self.active = 0
        self.max_active = 4

    async def start(self, job):
        if self.active >= self.max_active:
            return False
        ${first}
        ${then}
        return True
`;
  it('is passed by two where a counter is one short of it', () => {
    expect(found(counted('await job.prepare()', 'self.active += 1'))).toEqual(['check-then-act 7→10 self.active']);
    expect(found(counted('self.active += 1', 'await job.prepare()'))).toEqual([]);
  });
  const attempts = (first: string, then: string): string => `class Limiter:
    def __init__(self, limit=3):
        self.limit = limit
        self.attempts = {}

    async def login(self, user):
        if self.attempts.get(user, 0) >= self.limit:
            raise PermissionError("locked")
        ${first}
        ${then}
`;
  it('is that of an entry', () => {
    const add = 'self.attempts[user] = self.attempts.get(user, 0) + 1';
    expect(found(attempts('await check(user)', add))).toEqual(['check-then-act 7→10 self.attempts[user]']);
    expect(found(attempts(add, 'await check(user)'))).toEqual([]);
  });
  const admit = (count: string, first: string, then: string): string => `const sessions = new Map<string, boolean>();
function count(): number {
  return sessions.size;
}
export async function admit(id: string, mail: Mail): Promise<boolean> {
  if (${count} >= 100) return false;
  ${first}
  ${then}
  return true;
}
`;
  it.each(['count()', 'sessions.size'])('may be asked of %s', (count) => {
    const set = 'sessions.set(id, true);';
    expect(found(admit(count, 'await mail.notify(id);', set), typescript)).toEqual(['check-then-act 6→8 sessions']);
    expect(found(admit(count, set, 'await mail.notify(id);'), typescript)).toEqual([]);
  });
  const pool = (first: string, then: string): string => `let size = 0;
const max = 5;
export async function acquire(): Promise<Client> {
  if (size >= max) throw new Error('exhausted');
  ${first}
  ${then}
  return client;
}
`;
  it('is reached by those who came before, where nobody else can set the counter', () => {
    const make = 'const client = await create();';
    expect(found(pool(make, 'size += 1;'), typescript)).toEqual(['check-then-act 4→6 size']);
    expect(found(pool('size += 1;', make), typescript)).toEqual([]);
  });
});

describe('what is taken out of a pool, or made where it is empty', () => {
  const query = (take: string): string => `import express from 'express';
const app = express();
const idle: Client[] = [];
async function acquire(): Promise<Client> {
  if (idle.length > 0) return idle.pop()!;
  return connect();
}
app.post('/q', async (req, res) => {
  const client = ${take};
  await client.query(req.body);
  idle.push(client);
  res.sendStatus(200);
});
`;
  it('may be put back', () => {
    expect(found(query('idle.length > 0 ? idle.pop()! : await connect()'), typescript)).toEqual([]);
    expect(found(query('await acquire()'), typescript)).toEqual([]);
  });
  it('is not what is made of how many there are', () => {
    expect(found(query('await make(idle.length)'), typescript)).toEqual(['lost-update 9→11 idle']);
  });
});

describe('a call that ends its caller', () => {
  const koa = (then: string): string => `import Koa from 'koa';
import Router from '@koa/router';
const router = new Router();
const seats: Record<string, string> = {};
router.post('/seats/:id', async (ctx) => {
  if (seats[ctx.params.id]) ctx.throw(409);
  ${then}
  ctx.status = 201;
});
`;
  it('is what a check is for', () => {
    const set = 'seats[ctx.params.id] = ctx.request.body.user;';
    expect(found(koa(`await pay(ctx.params.id); ${set}`), typescript)).toEqual(['check-then-act 6→7 seats[ctx.params.id]']);
    expect(found(koa(`${set} await pay(ctx.params.id);`), typescript)).toEqual([]);
  });
});

describe('who begins it', () => {
  const severity = (text: string, language: typeof python = python): string[] =>
    engine.check(language(text), options, control).findings.map((f) => `${f.severity} ${String(f.check.line)}→${String(f.act.line)}`);
  it.each([
    [
      'a worker of a queue',
      "import { Worker } from 'bullmq';\nconst done = new Set<string>();\nnew Worker('mail', async (job) => {\n  if (done.has(job.data.id)) return;\n  await send(job.data);\n  done.add(job.data.id);\n});\n",
      '4→6',
    ],
    [
      'a schedule',
      "import cron from 'node-cron';\nlet running = false;\ncron.schedule('* * * * *', async () => {\n  if (running) return;\n  await prepare();\n  running = true;\n});\n",
      '4→6',
    ],
    [
      'a remote procedure',
      'const seats = new Map<string, string>();\nexport const router = t.router({\n  take: t.procedure.input(shape).mutation(async ({ input }) => {\n    if (seats.has(input.id)) throw new Error();\n    await pay(input.user);\n    seats.set(input.id, input.user);\n  }),\n});\n',
      '4→6',
    ],
  ])('is %s', (_, text, at) => {
    expect(severity(text, typescript)).toEqual([`warning ${at}`]);
    expect(severity(text.replace(/\n *await [^;]*;/, ''), typescript)).toEqual([]);
  });
  it('is an actor, a scheduler, a server of sockets', () => {
    const actor =
      'import dramatiq\ndone = set()\n@dramatiq.actor\ndef process(order):\n    if order in done:\n        return\n    charge(order)\n    done.add(order)\n';
    expect(severity(actor)).toEqual(['warning 5→8']);
    const job =
      'from apscheduler.schedulers.background import BackgroundScheduler\nstate = {"last": 0}\ndef tick():\n    n = state["last"]\n    publish(n)\n    state["last"] = n + 1\nscheduler = BackgroundScheduler()\nscheduler.add_job(tick, "interval", seconds=1)\nscheduler.start()\n';
    expect(severity(job)).toEqual(['warning 4→6']);
    const served =
      'import asyncio, websockets\nrooms = {}\nasync def handler(ws):\n    room = await ws.recv()\n    if room not in rooms:\n        rooms[room] = await load(room)\n    async for message in ws:\n        await rooms[room].send(message)\nasync def main():\n    async with websockets.serve(handler, "localhost", 8765):\n        await asyncio.Future()\nasyncio.run(main())\n';
    expect(severity(served)).toEqual(['warning 5→6']);
  });
  it('is a service of gRPC, a callback of Dash, what a threading server is told to call', () => {
    const body = (first: string, then: string): string =>
      `        if key in seats:\n            return None\n        ${first}\n        ${then}\n`;
    const service = (inner: string): string =>
      `import seats_pb2_grpc\nseats = {}\nclass Seats(seats_pb2_grpc.SeatsServicer):\n    def Take(self, request, context):\n        key = request.key\n${inner}`;
    expect(severity(service(body('charge(key)', 'seats[key] = True')))).toEqual(['warning 6→9']);
    expect(severity(service('        return seats.setdefault(request.key, True)\n'))).toEqual([]);
    const dash =
      "from dash import Dash, Input, Output\napp = Dash()\ncache = {}\n@app.callback(Output('g', 'figure'), Input('d', 'value'))\ndef update(value):\n    if value in cache:\n        return cache[value]\n    figure = compute(value)\n    cache[value] = figure\n    return figure\n";
    expect(severity(dash)).toEqual(['warning 6→9']);
    const served = (mixin: string): string =>
      `from xmlrpc.server import SimpleXMLRPCServer\nfrom socketserver import ThreadingMixIn\nseats = {}\nclass Server(${mixin}SimpleXMLRPCServer):\n    pass\ndef take(key):\n    if key in seats:\n        return 1\n    charge(key)\n    seats[key] = True\nserver = Server(('localhost', 1))\nserver.register_function(take)\nserver.serve_forever()\n`;
    expect(severity(served('ThreadingMixIn, '))).toEqual(['warning 7→10']);
  });
  it('is none where one thread runs all handlers, as those of windows do', () => {
    const list = (imports: string, register: string): string =>
      `${imports}\nclass List:\n    menu = None\n    def __init__(self, box):\n        ${register}\n    def popup(self, event):\n        if not self.menu:\n            self.menu = make()\n        self.menu.show()\n`;
    expect(severity(list('import tkinter', "box.bind('<Button-3>', self.popup)"))).toEqual([]);
    expect(severity(list('from PySide6.QtWidgets import QMenu', 'box.clicked.connect(self.popup)'))).toEqual([]);
    expect(severity(list('from django.db.models.signals import post_save', 'post_save.connect(self.popup)'))).toEqual(['warning 7→8']);
  });
  it('hands numbers in where its parameters say so', () => {
    const buy = (first: string, then: string): string =>
      `const stock = new Map<string, number>();\nexport const resolvers = {\n  Mutation: {\n    buy: async (_: unknown, { id, n }: { id: string; n: number }) => {\n      const left = stock.get(id) ?? 0;\n      if (left < n) throw new Error('sold out');\n      ${first}\n      ${then}\n    },\n  },\n};\n`;
    expect(severity(buy('await charge(id, n);', 'stock.set(id, left - n);'), typescript)).toEqual(['warning 5→8']);
    expect(severity(buy('stock.set(id, left - n);', 'await charge(id, n);'), typescript)).toEqual([]);
  });
});

describe('an answer that is kept in a variable of the call', () => {
  const client = (declared: string): string => `export function createClient(options: Options) {
  let client: Client;
  async function make(key: string): Promise<Client> {
    return connect(key);
  }
  async function query(key: string, text: string): Promise<Row[]> {
    ${declared}
    client = await make(key);
    return retry(() => client.query(text));
  }
  return { query };
}
`;
  it("is no other call's", () => {
    expect(found(client('let client: Client;'), typescript)).toEqual([]);
    expect(found(client(''), typescript).length).toBeGreaterThan(0);
  });
});
