/** Drivers that come to the code in Python: options that must be on, what must be called before; checks told by exceptions. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(python(text), { ...options, hints: true }, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('an attribute that is missing', () => {
  const pool = (ensure: string): string => `import threading

class Pool:
    def __init__(self):
        self._closed = True
        self._workers = []
        self._guard = threading.Lock()

    def open(self):
        self._ensure()
        with self._lock:
            if self._closed:
                self._closed = False
                assert not self._workers
                self._workers.append(1)

    def _ensure(self):
${ensure.replace(/^/gm, '        ')}
`;
  const ensure = `try:
    self._lock
except AttributeError:
    self._lock = threading.Lock()`;
  it('is made by two who looked before it was there', () => {
    expect(found(pool(ensure))).toEqual(['double-init 19→21']);
    expect(found(pool(`with self._guard:\n${ensure.replace(/^/gm, '    ')}`))).toEqual([]);
  });
});

describe('a driver for Python', () => {
  const client = (body: string): string => `import asyncio

class Client:
    def __init__(self, pool, single=False):
        self.pool = pool
        self.single = single
        self.connection = None
        self.lock = asyncio.Lock()

    async def initialize(self):
${body.replace(/^/gm, '        ')}
`;
  it('switches on the option that the act needs', () => {
    const body = 'if self.single and self.connection is None:\n    self.connection = await self.pool.get_connection()';
    expect(found(client(body))).toEqual(['double-init 11→12']);
    expect(found(client(`async with self.lock:\n${body.replace(/^/gm, '    ')}`))).toEqual([]);
  });
  const dispatcher = (values: string): string => `import asyncio

class Dispatcher:
    def __init__(self):
        self.handlers = {}
        self.ready = False

    async def start(self):
        self.ready = True

    def _check_ready(self):
        if not self.ready:
            raise RuntimeError('not started')

    def add(self, handler, group=0):
        if group not in self.handlers:
            self.handlers[group] = []
        self.handlers[group].append(handler)

    def remove(self, handler, group=0):
        self.handlers[group].remove(handler)
        if not self.handlers[group]:
            del self.handlers[group]

    async def process(self, update):
        self._check_ready()
        for handlers in ${values}:
            for handler in list(handlers):
                await handler.handle(update)

async def main(d, updates):
    for u in updates:
        asyncio.create_task(d.process(u))
`;
  it('calls first what a method insists on by another, and leaves the key that all use', () => {
    expect(found(dispatcher('self.handlers.values()')).filter((f) => f.startsWith('mutate-while-iterating'))).toEqual([
      'mutate-while-iterating 27→28',
    ]);
    expect(found(dispatcher('list(self.handlers.values())')).filter((f) => f.startsWith('mutate-while-iterating'))).toEqual([]);
  });
});

describe('a function in a function', () => {
  const backend = (store: string): string => `import asyncio

class Backend:
    def __init__(self, client):
        self.client = client
        self.futures = {}
        self.lock = asyncio.Lock()

    async def to_futures(self, batch):
        seen = set()

        async def convert(key):
            seen.add(key)
${store.replace(/^/gm, '            ')}
            return self.futures[key]

        return [await convert(key) for key in batch.keys()]
`;
  const store = `if key not in self.futures:
    self.futures[key] = await self.client.scatter(key)`;
  it('that is only called there runs when the outer one does', () => {
    expect(found(backend(store))).toEqual(['get-or-create 14→15']);
    expect(found(backend(`async with self.lock:\n${store.replace(/^/gm, '    ')}`))).toEqual([]);
  });
});

describe('a container in a local variable', () => {
  const pending = (loop: string): string => `class Table:
    def __init__(self):
        self.pending = []
        self.data = {}

    def later(self, key):
        self.pending.append(key)

    def commit(self):
        pending = self.pending
        while pending:
${loop.replace(/^/gm, '            ')}
`;
  it('is looked at where it is tested', () => {
    expect(found(pending('key = pending.pop()\nself.data.pop(key, None)'))).toContain('check-then-remove 11→12');
    expect(found(pending('try:\n    key = pending.pop()\nexcept IndexError:\n    break\nself.data.pop(key, None)'))).toEqual([]);
  });
});

describe('imported names as keys', () => {
  it('are none of the objects that are there', () => {
    const text = `import threading
import ssl_like

errors = {BlockingIOError: 1, ssl_like.WantRead: 2, ssl_like.WantWrite: 3}
assert len(errors) == 3
state = None

def get():
    global state
    if state is None:
        state = ssl_like.connect()
    return state

for _ in range(2):
    threading.Thread(target=get).start()
`;
    const [finding] = engine.check(python(text), options, control).findings;
    expect(finding?.rule).toBe('double-init');
    expect(JSON.stringify(finding)).not.toContain('WantRead');
  });
});

describe('a thing that may have come to its end', () => {
  const pool = (body: string): string => `import asyncio
import http_client

class Images:
    def __init__(self, target):
        self.target = target
        self._session = None

    async def _ensure(self):
${body}
        return self._session

    async def fetch(self, url):
        session = await self._ensure()
        return await session.get(url)
`;
  it('is asked whether it has; a parameter may be called as the driver calls the module', () => {
    const racy = pool(`        if self._session is None or self._session.closed:
            connector = await http_client.connector()
            self._session = http_client.Session(connector=connector)`);
    expect(found(racy)).toEqual(['double-init 10→12']);
  });
  it('is made once where it is made at once', () => {
    const safe = pool(`        if self._session is None or self._session.closed:
            self._session = http_client.Session()`);
    expect(found(safe)).toEqual([]);
  });
});

describe('a script that serves for ever', () => {
  const hub = `import asyncio
import websockets

class Hub:
    def __init__(self):
        self.clients = {}

    async def handler(self, websocket):
        name = await websocket.recv()
        self.clients[name] = websocket
        try:
            async for message in websocket:
                await self.broadcast(message)
        finally:
            self.clients.pop(name, None)

    async def broadcast(self, message):
        for name, ws in self.clients.items():
            await ws.send(message)

async def main():
    hub = Hub()
    async with websockets.serve(hub.handler, "localhost", 8765):
        await asyncio.Future()

asyncio.run(main())
`;
  it('is up when nothing more happens', () => {
    expect(found(hub)).toContain('mutate-while-iterating 18→19');
    expect(found(hub.replace('self.clients.items()', 'list(self.clients.items())')).filter((f) => f.startsWith('mutate'))).toEqual([]);
  });

  it('may be one of the standard library, in a loop of its own', () => {
    expect(
      found(`import asyncio

connections = {}

async def handle(reader, writer):
    name = (await reader.readline()).decode()
    if name in connections:
        writer.close()
        return
    await writer.drain()
    connections[name] = writer

loop = asyncio.new_event_loop()
server = loop.run_until_complete(asyncio.start_server(handle, "localhost", 8000))
loop.run_forever()
`),
    ).toHaveLength(1);
  });
});
