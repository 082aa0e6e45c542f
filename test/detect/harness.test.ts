/** Harnesses read like code a person would write, and say why contexts overlap. */
import { describe, expect, it } from 'vitest';
import { detect, harnesses } from '../../src/core/detect/index.ts';
import type { Harness } from '../../src/core/detect/candidate.ts';
import { programOf } from './programs.ts';

function drive(path: string, text: string, rule: string): Harness[] {
  const program = programOf(path, text);
  const found = detect(program).candidates.find((c) => c.rule === rule);
  if (found === undefined) throw new Error(`no ${rule}`);
  return harnesses(program, found);
}

const textOf = (h: Harness | undefined): string => (h?.kind === 'synthesised' ? h.text : '');

describe('python', () => {
  it('a script that starts its own threads is its own driver', () => {
    const text = `from _thread import start_new_thread as thread
stack = [1]
def eat():
    if stack:
        stack.pop()
thread(eat, ())
thread(eat, ())
`;
    expect(drive('t.py', text, 'check-then-remove')).toMatchObject([
      { kind: 'driver', evidence: { kind: 'code', text: 'started as threads at lines 6 and 7' } },
    ]);
  });

  it('who hands something to an event loop from outside is in another thread; prose about threads starts none', () => {
    const board = (how: string, says: string): string => `class Board:
    '''${says}'''
    def __init__(self, loop):
        self.loop = loop
        self.watchers = set()
    def watch(self, f):
        self.watchers.add(f)
    def tell(self, text):
        for f in self.watchers:
            ${how}(f, text)
`;
    const evidence = (how: string, says: string): unknown => drive('t.py', board(how, says), 'mutate-while-iterating')[0]?.evidence;
    expect(evidence('self.loop.call_soon_threadsafe', 'Tells.')).toMatchObject({
      kind: 'contract',
      text: '`call_soon_threadsafe` is for other threads than that of the event loop',
    });
    expect(evidence('self.call', 'As threading.Lock() with its _lock.')).toMatchObject({ kind: 'none' });
  });

  it('an old-style `thread(f, ())` of unknown origin counts', () => {
    const [h] = drive('t.py', 'n = 0\ndef f():\n    global n\n    n += 1\nthread(f, ())\nthread(f, ())\n', 'lost-update');
    expect(h?.kind).toBe('driver');
  });

  it('amounts: the whole balance first, then one of which only one call may have', () => {
    const list = drive(
      't.py',
      `class Bank:
    def __init__(self):
        self.balance = 100
    def withdraw(self, amount):
        if self.balance >= amount:
            self.balance -= amount
`,
      'check-then-act',
    );
    expect(textOf(list[0])).toBe(`import target

bank = target.Bank()


def first():
    return bank.withdraw(100)


def second():
    return bank.withdraw(100)


concurrently(first, second)
`);
    expect(textOf(list[1])).toContain('bank.withdraw(60)');
    expect(list[0]?.evidence.kind).toBe('none');
  });

  it('equal keys, different people', () => {
    const [h] = drive(
      't.py',
      `class Hall:
    def __init__(self, film):
        self.film = film
        self.seats = {}
    async def book(self, seat, user):
        if seat in self.seats:
            return False
        await pay(user)
        self.seats[seat] = user
`,
      'check-then-act',
    );
    expect(textOf(h)).toContain("return await hall.book('a', 'alice')");
    expect(textOf(h)).toContain("return await hall.book('a', 'bob')");
    expect(h?.evidence).toMatchObject({ kind: 'contract', text: 'async method: callers need not await each other' });
  });

  it('fills what must not be empty', () => {
    const [h] = drive(
      't.py',
      `class Pool:
    def __init__(self):
        self.idle = []
    def give(self, item):
        self.idle.append(item)
    def take(self):
        if self.idle:
            return self.idle.pop()
`,
      'check-then-remove',
    );
    expect(textOf(h)).toContain('pool.give(');
    expect(h?.kind === 'synthesised' ? h.contexts : []).toEqual(['first take', 'second take']);
  });

  it('a decorated handler is called through the closure made of it', () => {
    const [h] = drive(
      't.py',
      `from flask import Flask
app = Flask(__name__)
hits = 0
@app.route("/hit")
def hit():
    global hits
    hits += 1
    return str(hits)
`,
      'lost-update',
    );
    expect(textOf(h)).toContain('hit = functionAt(5, 1)');
    expect(h?.evidence).toMatchObject({ kind: 'code', text: expect.stringContaining('line 5') as string });
  });
});

describe('typescript', () => {
  it('send races with close, on an open connection', () => {
    const list = drive(
      't.ts',
      `export class Client {
  private socket: { send(m: string): void } | null = null;
  constructor(private readonly encode: (m: string) => Promise<string>) {}
  close() { this.socket = null; }
  async send(m: string) {
    if (!this.socket) return;
    await this.encode(m);
    this.socket.send(m);
  }
}
`,
      'stale-after-await',
    );
    expect(textOf(list[0])).toBe(`import * as target from 'target';

const client = new target.Client(opaque('encode'));
client.socket = opaque('socket');

await concurrently(
  () => client.send('first'),
  () => client.close(),
);
`);
  });

  it('a route handler gets an unknown request', () => {
    const [h] = drive(
      't.ts',
      `import express from 'express';
const app = express();
let left = 1;
app.post('/buy/:id', async (req, res) => {
  if (left === 0) return;
  await charge(req.params.id, req.body.user);
  left = left - 1;
});
`,
      'check-then-act',
    );
    expect(textOf(h)).toContain("const req = opaque('req');\nconst res = opaque('res');");
    expect(textOf(h)).toContain('const handler = functionAt(4, 22);');
    expect(textOf(h)).toContain('() => handler(req, res),');
    expect(h?.evidence).toMatchObject({ kind: 'code', text: 'handler registered at line 4 (POST /buy/:id)' });
  });

  it('a closure of a factory: the factory runs first', () => {
    const [h] = drive(
      't.js',
      'export function loader(fetchUser) {\n  const users = new Map();\n  return { async load(id) {\n    if (users.has(id)) return 1;\n    users.set(id, await fetchUser(id));\n  } };\n}\n',
      'get-or-create',
    );
    expect(textOf(h)).toMatch(/const made = target\.loader\(.*\);/);
    expect(textOf(h)).toMatch(/load\('a'\)/);
  });

  it('what a listener of a listener takes away goes while the loop goes on', () => {
    const [h] = drive(
      't.ts',
      `import { Transport } from './transport';
export class Hub {
  clients = [];
  transport = new Transport();
  listen() {
    this.transport.onConnection((client) => {
      this.clients.push(client);
      this.transport.onClose(client, () => { this.clients.splice(this.clients.indexOf(client), 1); });
    });
  }
  async broadcast(text) {
    for (const client of this.clients) await this.transport.send(client, text);
  }
}
`,
      'mutate-while-iterating',
    );
    expect(textOf(h)).toBe(`import * as target from 'target';

comes(8, 38);
const hub = new target.Hub();
const made = hub.listen();
const handler = functionAt(6, 33);
await concurrently(() => handler('a'));
hub.clients.push(opaque('item'));
await concurrently(() => hub.broadcast('first text'));
`);
  });

  it('no value is made of itself', () => {
    const list = drive(
      't.js',
      `export class Async {
  constructor(props, context) {
    this.context = context;
    this.loaded = null;
    this.props = props;
    this.state = {
      options: props.options,
    };
  }
  async load(input) {
    const { loadOptions } = this.props;
    if (this.loaded === null) this.loaded = await loadOptions(input);
    return this.loaded;
  }
  render() { return this.props.children + this.context; }
}
`,
      'double-init',
    );
    expect(list.length).toBeGreaterThan(0);
    for (const h of list)
      for (const [, name = '', value = ''] of textOf(h).matchAll(/^const (\w+) = (.*);$/gm)) {
        const made = value.replace(/opaque\('[^']*'\)/g, '');
        expect(made).not.toMatch(new RegExp(`(?<!\\.)\\b${name}\\b`));
      }
  });

  it('callers compare what they get when each may make its own', () => {
    const [h] = drive(
      't.ts',
      `export class Hocus {
  docs = new Map<string, object>();
  async open(name: string) {
    const known = this.docs.get(name);
    if (known) return known;
    const made = await this.load(name);
    this.docs.set(name, made);
    return made;
  }
  private async load(name: string) { await new Promise((r) => setTimeout(r, 1)); return { name }; }
}
`,
      'get-or-create',
    );
    expect(textOf(h)).toContain("console.log('the same object:', got.first === got.second);");
  });

  it('a script that awaits its calls one by one has no evidence', () => {
    const [h] = drive(
      't.ts',
      'let n = 0;\nasync function f() { const m = n; await null; n = m + 1; }\nawait f();\nawait f();\n',
      'lost-update',
    );
    expect(h?.evidence.kind).toBe('none');
  });
});
