/** Ways in and reasons to overlap that real bugs of Python packages had. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('a metaclass that keeps one object for each name', () => {
  const store = (look: string): string => `import threading
from abc import ABCMeta, abstractmethod
from weakref import WeakValueDictionary


class StoreMeta(ABCMeta):
    def __call__(cls, name, shared=False):
        if not shared:
            return super().__call__(name)
${look}

class Store(metaclass=StoreMeta):
    _made = WeakValueDictionary()
    _lock = threading.Lock()

    def __init__(self, name):
        self.name = name

    @abstractmethod
    def load(self): ...
`;
  it('is called by way of a class of the file, with what makes it keep one', () => {
    const text = store(
      `        one = cls._made.get(name)
        if one is None:
            one = super().__call__(name)
            with cls._lock:
                cls._made[name] = one
        return one
`,
    );
    expect(found(text)).toEqual(['warning get-or-create 10→14']);
  });
  it('makes one under a lock', () => {
    const text = store(
      `        with cls._lock:
            one = cls._made.get(name)
            if one is None:
                one = super().__call__(name)
                cls._made[name] = one
            return one
`,
    );
    expect(found(text)).toEqual([]);
  });
});

describe('what a call does only by other arguments than those by default', () => {
  const hub = (all: string): string => `import threading


class Hub:
    def __init__(self):
        self.clients = {}
        self.lock = threading.Lock()

    def join(self, name, client):
        self.clients[name] = client

    def close(self, name=None):
        if name is not None:
            self.clients.pop(name, None)
        else:
            for client in ${all}:
                client.close()
            self.clients = {}
`;
  it('is done', () => {
    expect(found(hub('self.clients.values()'))).toContain('warning mutate-while-iterating 16→17');
  });
  it('iterates over a copy', () => {
    expect(found(hub('list(self.clients.values())'))).not.toContain('warning mutate-while-iterating 16→17');
  });
});

describe('a file written for green threads', () => {
  const pool = (count: string): string => `import eventlet
from connections import connect


class Pool:
    def __init__(self, size):
        self.size = size
        self.used = 0

    def take(self):
        if self.used < self.size:
${count}
        return None
`;
  it('may be called by several', () => {
    const text = pool('            made = connect()\n            self.used += 1\n            return made');
    expect(found(text)).toEqual(['warning check-then-act 11→13']);
  });
  it('counts before it waits', () => {
    expect(found(pool('            self.used += 1\n            return connect()'))).toEqual([]);
  });
});

describe('files, which other processes have, too', () => {
  const save = (make: string, more = ''): string => `import os


def save(folder, name, data):
    ${make}
    with open(os.path.join(folder, name), 'w') as out:
        out.write(data)
${more}`;
  it('come to be between looking and making: an information', () => {
    const text = save('if not os.path.isdir(folder):\n        os.mkdir(folder)');
    expect(found(text)).toEqual(['information file-toctou 5→6']);
  });
  it('may be there', () => {
    expect(found(save('os.makedirs(folder, exist_ok=True)'))).toEqual([]);
  });
  it('are nothing to speak of in a program of its own', () => {
    const text = save(
      'if not os.path.isdir(folder):\n        os.mkdir(folder)',
      "\n\nif __name__ == '__main__':\n    save('out', 'a', 'b')\n",
    );
    expect(found(text)).toEqual([]);
  });
});

describe('a cache that drops some when it holds too many', () => {
  const cache = (names: string): string => `import time


class Cache:
    """Used by several threads."""

    def __init__(self, most=200):
        self.most = most
        self.items = {}

    def put(self, name, value):
        if len(self.items) > self.most:
            now = time.time()
            for old in [n for n, (end, _) in ${names} if end < now]:
                self.items.pop(old, None)
        self.items[name] = (time.time() + 60, value)

    def drop(self, name):
        self.items.pop(name, None)
`;
  const iterates = 'warning mutate-while-iterating 14→14';
  it('looks through what others change', () => {
    expect(found(cache('self.items.items()'))).toContain(iterates);
  });
  it('looks through a copy', () => {
    expect(found(cache('list(self.items.items())'))).not.toContain(iterates);
  });
});

describe('what a metaclass keeps for its classes', () => {
  const base = (current: string): string => `import threading


class Kept(type):
    def __init__(cls, *args):
        super().__init__(*args)
        cls._made = {}

    def __call__(cls, name):
        key = (threading.get_ident(), name)
        made = super().__call__(name)
        cls._latest = key
        cls._made[key] = made
        return made


class Source(metaclass=Kept):
    _latest = None

    def __init__(self, name):
        self.name = name

    @classmethod
    def current(cls):
${current}
        return cls('default')

    @classmethod
    def forget(cls):
        cls._made.clear()
`;
  it('goes between the test and the use', () => {
    const text = base('        if cls._latest in cls._made:\n            return cls._made[cls._latest]');
    expect(found(text)).toContain('warning check-then-act 25→26');
  });
  it('is asked for once', () => {
    const text = base('        one = cls._made.get(cls._latest)\n        if one is not None:\n            return one');
    expect(found(text).filter((f) => /2[56]→/.test(f))).toEqual([]);
  });
});

describe('what comes only when a call gave nothing', () => {
  const reader = (end: string): string => `class Feed:
    """Used by several threads."""

    def __init__(self, source):
        self.source = source
        self.writer = None

    def attach(self, writer):
        self.writer = writer

    def read(self):
        while True:
            packet = self.source.receive()
            if packet is None:
                break
            self.source.log(packet)
${end}

    def detach(self):
        self.writer = None
`;
  it('is come to', () => {
    expect(found(reader('        if self.writer:\n            self.writer.join()'))).toContain('warning check-then-act 17→18');
  });
  it('has a variable of its own', () => {
    expect(found(reader('        writer = self.writer\n        if writer:\n            writer.join()'))).toEqual([]);
  });
});
