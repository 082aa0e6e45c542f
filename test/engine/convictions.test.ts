/** What convicts an execution and what excuses it: acts inside calls, questions without number, what nobody sees. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const findings = (file: SourceFile): { at: string; message: string }[] =>
  engine
    .check(file, { ...options, hints: true }, control)
    .findings.map((f) => ({ at: `${f.rule} ${f.check.line}→${f.act.line}`, message: f.message }));
const found = (file: SourceFile): string[] => findings(file).map((f) => f.at);

describe('an act inside an awaited call', () => {
  const manager = (refresh: string): SourceFile =>
    python(`import asyncio


class Manager:
    def __init__(self, credential):
        self._credential = credential
        self._lock = asyncio.Lock()
        self._token = None

    async def get(self):
        if self._token is None:
${refresh.replace(/^/gm, '            ')}
        return self._token

    async def refresh(self):
        self._token = await self._credential.get_token("scope")
`);
  it('is the act of the check before the call', () => {
    expect(found(manager('await self.refresh()'))).toEqual(['double-init 11→12']);
  });
  it('unless the check is repeated under a lock', () => {
    expect(found(manager('async with self._lock:\n    if self._token is None:\n        await self.refresh()'))).toEqual([]);
  });
  it('in TypeScript, where the call goes on in a frame of its own', () => {
    const service = (body: string): SourceFile =>
      typescript(`export class Service {
  private token: string | null = null;
  private refreshing: Promise<void> | null = null;
  constructor(private credential: Credential) {}
  async get(): Promise<string | null> {
    if (this.token === null) {
      ${body}
    }
    return this.token;
  }
  private async refresh(): Promise<void> {
    this.token = await this.credential.getToken('scope');
  }
}
`);
    expect(found(service('await this.refresh();'))).toEqual(['double-init 6→7']);
    expect(
      found(
        service(`this.refreshing ??= this.refresh().finally(() => {
        this.refreshing = null;
      });
      await this.refreshing;`),
      ),
    ).toEqual([]);
  });
  it('what one of two ways changes settles no check', () => {
    const pool = typescript(`export class Pool {
  private jobs: Job[] = [];
  constructor(private options: { maxSize: number }) {}
  private cleanup(): void {
    for (let i = this.jobs.length - 1; i >= 0; i--) if (this.jobs[i].isOver()) this.jobs.splice(i, 1);
  }
  private async addJob(existing?: Job): Promise<Job> {
    if (existing) this.cleanup();
    const job = existing ?? new Job();
    await job.connect();
    this.jobs.push(job);
    return job;
  }
  async get(): Promise<Job> {
    if (this.jobs.length < this.options.maxSize) return await this.addJob();
    throw new Error('full');
  }
}
`);
    expect(found(pool)).toContain('check-then-act 15→15');
  });
});

describe('many questions about the unknown', () => {
  const login = (find: string): SourceFile =>
    typescript(`import express from 'express';
import { a, b, c, d, e, f, g } from './settings';
import { prisma } from './prisma';

const app = express();

app.post('/login', async (req, res) => {
  if (a(req)) res.set('a', '1');
  if (b(req)) res.set('b', '1');
  if (c(req)) res.set('c', '1');
  if (d(req)) res.set('d', '1');
  if (e(req)) res.set('e', '1');
  if (f(req)) res.set('f', '1');
  if (g(req)) res.set('g', '1');
  const { email } = req.body;
${find}
  res.json({ id: user.id });
});
`);
  it('do not keep a race from being found', () => {
    expect(
      found(
        login(`  let user = await prisma.users.findUnique({ where: { email } });
  if (!user) user = await prisma.users.create({ data: { email } });`),
      ),
    ).toEqual(['db-check-then-act 16→17']);
  });
  it('nor does that make one up', () => {
    expect(found(login('  const user = await prisma.users.upsert({ where: { email }, create: { email }, update: {} });'))).toEqual([]);
  });
});

describe('what nobody outside can see', () => {
  const loader = (log: string): SourceFile =>
    python(`import logging
import threading

logger = logging.getLogger(__name__)


class Loader:
    def __init__(self):
        self._lock = threading.Lock()
        self.ready = False

    def load(self):
        if not self.ready:
            ${log}
            with self._lock:
                if not self.ready:
                    self.ready = True
        return self.ready
`);
  it('a line that is logged once more is no race', () => {
    expect(found(loader('logger.info("loading")'))).toEqual([]);
    expect(found(loader('self_logger = logger.getChild("x"); self_logger.warning("loading")'))).toEqual([]);
  });
  it('a failing request that others wait for fails for all of them, as it would one after the other', () => {
    const shared = typescript(`const cache: Record<string, unknown> = {};
const inFlight = new Map<string, Promise<unknown>>();

export const load = async (url: string) => {
  if (cache[url]) return cache[url];
  const known = inFlight.get(url);
  if (known) return known;
  const request = (async () => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(\`failed with \${response.status}\`);
    const data = await response.json();
    cache[url] = data;
    return data;
  })().finally(() => {
    inFlight.delete(url);
  });
  inFlight.set(url, request);
  return request;
};
`);
    expect(found(shared)).toEqual([]);
  });
});

describe('queues', () => {
  it('whoever was told that there is something waits for ever when it has been taken', () => {
    const pool = python(`import queue
import threading


class Pool:
    def __init__(self):
        self._lock = threading.Lock()
        self._queue = queue.Queue()

    def put(self, item):
        self._queue.put(item)

    def get(self):
        if self._queue.empty():
            return None
        return self._queue.get()
`);
    const [only] = findings(pool);
    expect(only?.at).toBe('check-then-remove 14→16');
    expect(only?.message).toContain('waits for another, which nobody will bring');
    expect(
      found({
        ...pool,
        text: pool.text.replace(
          'if self._queue.empty():\n            return None\n        return self._queue.get()',
          'try:\n            return self._queue.get(block=False)\n        except queue.Empty:\n            return None',
        ),
      }),
    ).toEqual([]);
  });
  it('an element taken out of a list that is iterated keeps another from its turn', () => {
    const manager = (over: string): SourceFile =>
      python(`class Manager:
    def __init__(self):
        self.active = []

    async def connect(self, socket):
        await socket.accept()
        self.active.append(socket)

    def disconnect(self, socket):
        if socket in self.active:
            self.active.remove(socket)

    async def broadcast(self, message):
        for socket in ${over}:
            await socket.send_json(message)
`);
    expect(found(manager('self.active'))).toEqual(['mutate-while-iterating 14→15']);
    expect(found(manager('list(self.active)'))).toEqual([]);
  });
});

describe('files of aiofiles', () => {
  const session = (inner: string): SourceFile =>
    python(`import asyncio
import json
import aiofiles

lock = asyncio.Lock()


async def update(key, value):
${inner}
`);
  const body = `async with aiofiles.open("session.json") as f:
    states = json.loads(await f.read())
states[key] = value
async with aiofiles.open("session.json", "w") as f:
    await f.write(json.dumps(states))`;
  it('are read, changed and written back after others have', () => {
    expect(found(session(body.replace(/^/gm, '    ')))).toEqual(['lost-update 9→12']);
    expect(found(session(`    async with lock:\n${body.replace(/^/gm, '        ')}`))).toEqual([]);
  });
  it('suspend at each operation', () => {
    const program = python(`import asyncio
import os
import aiofiles
import aiofiles.os


async def main():
    async with aiofiles.open("x.txt", "w") as f:
        await f.write("one\\ntwo\\n")
    f = await aiofiles.open("x.txt")
    async for line in f:
        print(repr(line))
    await f.close()
    await aiofiles.os.remove("x.txt")
    print(await aiofiles.os.path.exists("x.txt"), os.path.exists("x.txt"))


asyncio.run(main())
`);
    const trace = engine.simulate({ file: program, line: null }, options, control);
    expect(trace.steps.map((s) => s.output ?? '').join('')).toBe("'one\\n'\n'two\\n'\nFalse False\n");
  });
});

describe('a promise in a table that keeps others out', () => {
  const lock = (before: string, between: string): string => `import { audit } from './audit';
const locks = new Map<string, Promise<void>>();
export async function withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
${before}  while (locks.has(key)) await locks.get(key);
${between}  let unlock: () => void = () => undefined;
  locks.set(key, new Promise((resolve) => (unlock = resolve)));
  try {
    return await work();
  } finally {
    locks.delete(key);
    unlock();
  }
}
`;
  it('does not where it is put there after a gap', () => {
    expect(found(typescript(lock('', '  await audit(key);\n')))).toEqual(['get-or-create 4→7']);
  });
  it('does where it is put there at once', () => {
    expect(found(typescript(lock('  await audit(key);\n', '')))).toEqual([]);
  });
  const jobs = (before: string, between: string): string => `import { build, hashOf } from './build';
const running = new Map<string, Promise<string>>();
export async function compile(path: string): Promise<string> {
${before}  const busy = running.get(path);
  if (busy) return busy;
${between}  const job = build(path, hash);
  running.set(path, job);
  try {
    return await job;
  } finally {
    running.delete(path);
  }
}
`;
  it('may be the work itself', () => {
    const hash = '  const hash = await hashOf(path);\n';
    expect(found(typescript(jobs('', hash)))).toEqual(['get-or-create 4→8']);
    expect(found(typescript(jobs(hash, '')))).toEqual([]);
  });
});
