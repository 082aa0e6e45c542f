/**
 * Races in which what was known a moment ago is acted on: keys of a copy that is gone through, a copy whose original is
 * emptied, what was put somewhere and is taken out again, the largest so far. Each with the same program, mended.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);

const table = (method: string): string => `class Table:
    """Used by several threads."""
    def __init__(self):
        self.rows = {}

    def put(self, name, row):
        self.rows[name] = row

    def drop(self, name):
        self.rows.pop(name, None)

${method}
`;

describe('the keys of a copy', () => {
  it.each([
    [
      'are looked up',
      '    def show(self):\n        for name in sorted(self.rows.keys()):\n            draw(self.rows[name])',
      'check-then-act 13→14',
    ],
    [
      'are taken out',
      '    def clean(self):\n        for name in list(self.rows):\n            if is_old(name):\n                del self.rows[name]',
      'check-then-remove 13→15',
    ],
    [
      'are taken out, of pairs',
      '    def clean(self):\n        for name, row in list(self.rows.items()):\n            if is_old(row):\n                del self.rows[name]',
      'check-then-remove 13→15',
    ],
  ])('%s when they are gone', (_name, method, lines) => {
    expect(found(table(method))).toEqual([lines]);
  });
  it.each([
    ['are asked for', '    def show(self):\n        for name in sorted(self.rows.keys()):\n            draw(self.rows.get(name))'],
    [
      'come with what they stand for',
      '    def show(self):\n        for name, row in list(self.rows.items()):\n            draw(name, row)',
    ],
    [
      'are taken out if they are there',
      '    def clean(self):\n        for name in list(self.rows):\n            if is_old(name):\n                self.rows.pop(name, None)',
    ],
  ])('%s', (_name, method) => {
    expect(found(table(method))).toEqual([]);
  });
});

describe('a copy whose original is emptied', () => {
  const waiting = (take: string): string => `import threading

class Waiting:
    """Filled by other threads."""
    def __init__(self):
        self.lock = threading.Lock()
        self.jobs = []

    def add(self, job):
        with self.lock:
            self.jobs.append(job)

    def take(self):
${take}
`;
  it.each([
    ['cleared', '        jobs = list(self.jobs)\n        self.jobs.clear()\n        return jobs'],
    ['replaced', '        jobs = self.jobs.copy()\n        self.jobs = []\n        return jobs'],
  ])('loses what came since when it is %s', (_name, take) => {
    expect(found(waiting(take))).toEqual(['check-then-act 14→15']);
  });
  it('is made under the lock that others add under', () => {
    expect(
      found(waiting('        with self.lock:\n            jobs = list(self.jobs)\n            self.jobs.clear()\n        return jobs')),
    ).toEqual([]);
  });
});

describe('what was put there and is taken out again', () => {
  const asking = (done: string): string => `import asyncio

class Client:
    def __init__(self, connection):
        self.connection = connection
        self.answers = {}

    async def ask(self, topic):
        answer = asyncio.get_running_loop().create_future()
        self.answers[topic] = answer
        try:
            await self.connection.send(topic)
        finally:
            ${done}
`;
  it('has been taken out by the other who put the same there', () => {
    expect(found(asking('del self.answers[topic]'))).toEqual(['check-then-remove 10→14']);
  });
  it('is taken out if it is there', () => {
    expect(found(asking('self.answers.pop(topic, None)'))).toEqual([]);
  });
  it('has been taken out of a set, among threads', () => {
    const text = `class Work:
    """Done by several threads."""
    def __init__(self):
        self.busy = set()

    def run(self, name):
        self.busy.add(name)
        perform(name)
        self.busy.remove(name)
`;
    expect(found(text)).toEqual(['check-then-remove 7→9']);
    expect(found(text.replace('remove', 'discard'))).toEqual([]);
  });
});

describe('the largest so far', () => {
  const peak = (seen: string): string => `import threading

class Peak:
    """Told by several threads."""
    def __init__(self):
        self.lock = threading.Lock()
        self.most = 0

    def tell(self, size):
${seen}
`;
  it('is overwritten by a smaller one', () => {
    expect(found(peak('        self.most = max(self.most, size)'))).toEqual(['lost-update 10→10']);
  });
  it('is found under a lock', () => {
    expect(found(peak('        with self.lock:\n            self.most = max(self.most, size)'))).toEqual([]);
  });
});

describe('a parameter', () => {
  it('that is put into a message is no number, and names what was put there', () => {
    const text = `class Parts:
    """Asked for by several threads."""
    def __init__(self):
        self.makers = {}
        self.made = {}

    def later(self, name, maker):
        self.makers[name] = maker

    def get(self, name):
        if name in self.makers:
            self.made[name] = self.makers[name]()
            del self.makers[name]
        if name not in self.made:
            raise ValueError('no part %s' % name)
        return self.made[name]
`;
    expect(found(text)).toContain('check-then-remove 11→13');
    expect(found(text.replace('del self.makers[name]', 'self.makers.pop(name, None)'))).not.toContain('check-then-remove 11→13');
  });
});

describe('what hangs on a class', () => {
  const store = (names: string): string => `from bottle import get

class Store:
    tasks = dict()

@get('/new/<name>')
def new(name):
    Store.tasks[name] = object()

@get('/drop/<name>')
def drop(name):
    Store.tasks.pop(name, None)

@get('/list')
def listed():
    """Requests are answered by several threads."""
    return [len(name) for name in ${names}]
`;
  it('changes while a handler goes through it', () => {
    expect(found(store('Store.tasks'))).toEqual(['mutate-while-iterating 17→17']);
  });
  it('is copied first', () => {
    expect(found(store('list(Store.tasks)'))).toEqual([]);
  });
});

describe('entries of a folder, of which something is asked in a comprehension', () => {
  const spool = (sizes: string): string => `import os

class Spool:
    """Several processes share the folder."""
    def __init__(self, folder):
        self.folder = folder

    def sizes(self):
${sizes}

    def clean(self):
        for name in os.listdir(self.folder):
            try:
                os.remove(os.path.join(self.folder, name))
            except FileNotFoundError:
                pass
`;
  it.each([
    ['at once', '        return [os.path.getsize(os.path.join(self.folder, name)) for name in os.listdir(self.folder)]', '9→9'],
    [
      'later',
      '        paths = [os.path.join(self.folder, name) for name in os.listdir(self.folder)]\n        return [os.path.getmtime(path) for path in paths]',
      '9→10',
    ],
  ])('are gone: %s', (_name, sizes, lines) => {
    expect(found(spool(sizes))).toEqual([`file-toctou ${lines}`]);
  });
  it('may be gone', () => {
    const sizes = `        total = 0
        for name in os.listdir(self.folder):
            try:
                total += os.path.getsize(os.path.join(self.folder, name))
            except OSError:
                continue
        return total`;
    expect(found(spool(sizes))).toEqual([]);
  });
});

describe('what is taken away with the flag that says so', () => {
  const line = (send: string): string => `import threading

class Line:
    """Used by several threads."""
    def __init__(self, socket):
        self.lock = threading.Lock()
        self.socket = socket
        self.closed = False

    def send(self, data):
${send}

    def close(self):
        with self.lock:
            self.closed = True
            self.socket = None
`;
  it('is gone when it is used', () => {
    expect(found(line('        if not self.closed:\n            self.socket.sendall(data)'))).toEqual(['check-then-act 11→12']);
  });
  it.each([
    ['asked for under the lock', '        with self.lock:\n            if not self.closed:\n                self.socket.sendall(data)'],
    ['taken first', '        socket = self.socket\n        if socket is not None:\n            socket.sendall(data)'],
  ])('is %s', (_name, send) => {
    expect(found(line(send))).toEqual([]);
  });
});

describe('a function in a method of a class that starts threads', () => {
  it('goes on beside them', () => {
    const text = `import threading

class App:
    def __init__(self):
        self.socket = None

    def ping(self):
        while self.socket:
            self.socket.ping()

    def run(self, timeout=0, interval=0):
        if timeout and interval and interval <= timeout:
            raise ValueError('too short')

        def teardown():
            if self.socket:
                self.socket.close()
            self.socket = None

        self.socket = connect()
        threading.Thread(target=self.ping).start()
        try:
            self.socket.read()
        except OSError:
            teardown()
        return teardown
`;
    expect(found(text)).toContain('check-then-act 16→17');
  });
});
