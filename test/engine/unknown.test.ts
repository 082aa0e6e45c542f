/** Code nobody can see into: locks known by their names alone, decorators, paths, names without a model. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: SourceFile): string[] =>
  engine.check(file, options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('a context manager from elsewhere', () => {
  const threads = (entering: string): SourceFile =>
    python(`import threading
from elsewhere import FileLock, named_lock, span, Tracer, make_mutex

class Store:
    def __init__(self):
        self.items = {}
        self.outer = ${entering === 'self.outer' ? 'FileLock("x.lock")' : 'Tracer()'}

    def add(self, key):
        with ${entering}:
            if key not in self.items:
                self.items[key] = []
            self.items[key].append(1)

s = Store()
for _ in range(2):
    threading.Thread(target=s.add, args=("a",)).start()
`);
  it.each(['self.outer', 'named_lock(key)', 'make_mutex("s")', 'FileLock("y")'])('guards when it says so: %s', (entering) => {
    expect(found(threads(entering))).toEqual([]);
  });
  it.each(['span(key)', 'Tracer()', 'span("block")'])('guards nothing otherwise: %s', (entering) => {
    expect(found(threads(entering))).toEqual(['get-or-create 11→12']);
  });

  const tasks = (entering: string): SourceFile =>
    python(`class Wallet:
    def __init__(self, redis, store):
        self.redis = redis
        self.store = store
        self.balance = 100

    async def spend(self, amount: int):
        async with ${entering}:
            if self.balance < amount:
                return False
            await self.store.note(amount)
            self.balance -= amount
            return True
`);
  it('guards tasks, too', () => {
    expect(found(tasks('self.redis.lock("wallet")'))).toEqual([]);
    expect(found(tasks('self.redis.pipeline("wallet")'))).toEqual(['check-then-act 9→12']);
  });
});

describe('a lock from elsewhere in TypeScript', () => {
  const service = (body: string): SourceFile =>
    typescript(`import { Mutex, withLock, traced, Span } from './elsewhere';
export class Service {
  private readonly mutex = new Mutex();
  private readonly span = new Span();
  private conn: unknown = null;
  constructor(private readonly api: { connect(): Promise<unknown> }, private readonly lock: { acquire(): Promise<() => void> }) {}
  async open() {
${body}
  }
}
`);
  const inner = `      if (!this.conn) this.conn = await this.api.connect();
      return this.conn;`;
  it.each([
    ['runExclusive', `    return this.mutex.runExclusive(async () => {\n${inner}\n    });`],
    ['withLock', `    return withLock('conn', async () => {\n${inner}\n    });`],
    ['acquire and release', `    const release = await this.lock.acquire();\n    try {\n${inner}\n    } finally { release(); }`],
    ['acquire and release of the mutex', `    await this.mutex.acquire();\n    try {\n${inner}\n    } finally { this.mutex.release(); }`],
  ])('guards: %s', (_name, body) => {
    expect(found(service(body))).toEqual([]);
  });
  it('runs what a lock is given, one at a time, and says what it assumed', () => {
    const file = service(`    return withLock('conn', async () => {\n${inner}\n    });`);
    const trace = engine.simulate({ file, line: 9 }, options, control);
    expect(trace.verdict).not.toBe('violation');
    expect(trace.assumptions.map((a) => a.text).join()).toContain('`withLock` is not known; it was taken to let one in at a time');
    expect(trace.steps.some((s) => s.text.includes('this.api.connect()'))).toBe(true);
  });
  it('guards nothing when its name says nothing', () => {
    expect(found(service(`    await this.span.start();\n    try {\n${inner}\n    } finally { this.span.end(); }`))).toEqual([
      'double-init 10→10',
    ]);
  });
});

describe('a decorator from elsewhere', () => {
  const service = (decorator: string): SourceFile =>
    python(`from elsewhere import retry, synchronized, wrapped

@wrapped
class Service:
    def __init__(self, api):
        self.api = api
        self.conn = None

    ${decorator}
    async def open(self):
        if self.conn is None:
            self.conn = await self.api.connect()
        return self.conn
`);
  it('leaves the function what it is', () => {
    expect(found(service('@retry(times=3)'))).toEqual(['double-init 11→12']);
  });
  it('guards when it says so', () => {
    expect(found(service('@synchronized'))).toEqual([]);
  });
});

describe('paths and names without a model', () => {
  const download = (make: string): SourceFile =>
    python(`import os, tempfile, elsewhere
from concurrent.futures import ThreadPoolExecutor
target = elsewhere.path()
def save(data):
    directory = os.path.dirname(target)
    ${make}
    fd, name = tempfile.no_such_model(dir=directory)
    os.replace(name, target)

def save_all(parts):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(save, parts))
`);
  it('asks whether an unknown directory is there', () => {
    expect(found(download('if not os.path.exists(directory):\n        os.makedirs(directory)'))).toEqual(['file-toctou 6→7']);
    expect(found(download('os.makedirs(directory, exist_ok=True)'))).toEqual([]);
  });
  it('keeps the names of unknown values made of unknown values short', () => {
    const trace = engine.simulate(
      { file: python('import requests\nx = requests.get()\nfor i in range(60):\n    x = x + x\nprint(x)\n'), line: null },
      options,
      control,
    );
    expect(JSON.stringify(trace).length).toBeLessThan(200_000);
  });
});

describe('an unknown function that is handed a function and waited for', () => {
  it('calls it: TypeScript', () => {
    expect(
      found(
        typescript(`import pRetry from 'p-retry';
export class Client {
  private conn: unknown = null;
  private count = 0;
  constructor(private readonly api: { connect(): Promise<unknown> }, private readonly db: { transaction(f: unknown): Promise<void> }) {}
  async open() {
    await pRetry(async () => {
      if (!this.conn) this.conn = await this.api.connect();
    }, { retries: 3 });
  }
  async add(n: number) {
    return this.db.transaction(async (tx) => {
      const before = this.count;
      await tx.insert({ n });
      this.count = before + n;
    });
  }
}
`),
      ),
    ).toEqual(['double-init 8→8', 'lost-update 13→15']);
  });
  it.each(['self.hass.async_add_executor_job(self._load, key)', 'asyncio.to_thread(self._load, key)', 'retry(self._fetch, key)'])(
    'calls it: Python, %s',
    (call) => {
      expect(
        found(
          python(`import asyncio
from elsewhere import retry
class Coordinator:
    def __init__(self, hass, api):
        self.hass = hass
        self.api = api
        self.data = None
        self.loads = 0
    def _load(self, key):
        return self.api.fetch(key)
    async def _fetch(self, key):
        return await self.api.fetch(key)
    async def get(self, key):
        if self.data is None:
            self.data = await ${call}
            self.loads += 1
        return self.data
`),
        ),
      ).toEqual(['double-init 14→15']);
    },
  );
});
