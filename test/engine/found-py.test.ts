/** Patterns of races found in released Python programs, and the same programs as their authors mended them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const findings = (text: string) => engine.check(python(text), options, control).findings;
const found = (text: string): string[] => findings(text).map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);
const warned = (text: string): string[] =>
  findings(text)
    .filter((f) => f.severity === 'warning')
    .map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);

describe('files in a module of coroutines', () => {
  const spool = (make: string): string => `import asyncio
import os

class Spool:
    """Several processes share the folder."""
    def __init__(self, folder):
        self.folder = folder
${make}

    async def flush(self):
        await asyncio.sleep(0)
`;
  it('are there for other processes between plain calls, too', () => {
    expect(found(spool('        if not os.path.exists(self.folder):\n            os.mkdir(self.folder)'))).toEqual(['file-toctou 8→9']);
  });
  it('are made in one call', () => {
    expect(found(spool('        os.makedirs(self.folder, exist_ok=True)'))).toEqual([]);
  });
});

describe('what is handed in as a location and has parts', () => {
  const store = (size: string): string => `import os

class NotFound(Exception):
    pass

class Store:
    """Images may be deleted by other processes."""
    def get(self, location):
        path, size = self._resolve(location)
        return open(path), size

    def _resolve(self, location):
        path = location.image.path
${size}

    def delete(self, location):
        os.unlink(location.image.path)
`;
  it('is an object, not a name', () => {
    const text = store(
      '        if not os.path.exists(path):\n            raise NotFound(path)\n        return path, os.path.getsize(path)',
    );
    expect(found(text)).toContain('file-toctou 14→16');
  });
  it('is asked once', () => {
    const text = store(
      '        try:\n            return path, os.path.getsize(path)\n        except FileNotFoundError:\n            raise NotFound(path)',
    );
    expect(found(text)).not.toContain('file-toctou 14→16');
  });
});

describe('a server whose threads are made by what it is told to use', () => {
  const server = (close: string): string => `import importlib

class Server:
    transports = ['polling', 'websocket']

    def __init__(self, mode=None, transports=None):
        self.sockets = {}
        self.mode = None
        for name in [mode] if mode is not None else self.modes():
            self.drivers = importlib.import_module('drivers.' + name).drivers
            self.mode = name
            break
        if self.mode is None:
            raise ValueError('no such mode')
        if transports is not None:
            transports = [t for t in transports if t in self.transports]
            if not transports:
                raise ValueError('no transports')
        self.background(self._sweep)

    def modes(self):
        return ['gevent', 'threading']

    def background(self, target, *args):
        worker = self.drivers['thread'](target=target, args=args)
        worker.start()
        return worker

    def _sweep(self):
        for sid in list(self.sockets):
            self.sockets.pop(sid, None)

    def close(self, sid):
${close}
`;
  it('takes out what another has taken', () => {
    expect(warned(server('        if sid in self.sockets:\n            del self.sockets[sid]'))).toEqual(['check-then-remove 34→35']);
  });
  it('takes out what is there', () => {
    expect(warned(server('        self.sockets.pop(sid, None)'))).toEqual([]);
  });
});

describe('a mapping that is handed in and filled', () => {
  const issuing = (issue: string): string => `from models import Access

def save(token, request):
    if "scope" not in token:
        raise ValueError("no scope")
${issue}
    token["access"] = access.token
`;
  it('has what is looked for', () => {
    const text = issuing(
      '    access = Access.objects.filter(source=request.source).first()\n    if access is None:\n        access = Access.objects.create(source=request.source, scope=token["scope"])',
    );
    expect(found(text)).toEqual(['db-check-then-act 6→8']);
  });
  it('is filled from one query', () => {
    const text = issuing('    access, _ = Access.objects.get_or_create(source=request.source, defaults={"scope": token["scope"]})');
    expect(found(text)).toEqual([]);
  });
});

describe('what the file has for the case that a module is not there', () => {
  const box = (put: string): string => `import threading

class Box:
    def __init__(self):
        self.items = {}

    def put(self, key):
${put}

try:
    from _speedups import Box
except ImportError:
    pass

try:
    import fastjson as json
except ImportError:
    import json

box = Box()
assert json.dumps({'a': 1}) == '{"a": 1}'

threads = [threading.Thread(target=box.put, args=(n,)) for n in (1, 2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
`;
  it('is what runs', () => {
    expect(warned(box('        if "a" not in self.items:\n            self.items["a"] = []\n        self.items["a"].append(key)'))).toEqual(
      ['get-or-create 8→9'],
    );
  });
  it('is what runs, and is known', () => {
    const file = python(box('        self.items.setdefault("a", 0)'));
    const { verdict } = engine.simulate({ file, line: null }, options, control);
    expect(verdict).toBe('verified');
  });
});

describe('a function that is made under some arguments only', () => {
  const caching = (body: string): string => `from threading import Lock

def cached(load, size):
    lock = Lock()
    table = {}
    if size == 0:
        def find(key):
            return load(key)
    elif size is None:
        def find(key):
${body}
    else:
        def find(key):
            with lock:
                if key not in table and len(table) < size:
                    table[key] = load(key)
                return table.get(key)
    return find
`;
  it('is made', () => {
    const text = caching('            if key not in table:\n                table[key] = load(key)\n            return table[key]');
    expect(found(text)).toEqual(['get-or-create 11→12']);
  });
  it('is made with its lock', () => {
    const text = caching(
      '            with lock:\n                if key not in table:\n                    table[key] = load(key)\n                return table[key]',
    );
    expect(found(text)).toEqual([]);
  });
});

describe('what a listing gave and a function of the file takes away', () => {
  const cleaning = (discard: string): string => `"""Several processes clean the folder."""
import os

def clean(folder):
    for name in os.listdir(folder):
        _discard(os.path.join(folder, name))

def _discard(path):
${discard}
`;
  it('is gone when it is taken away', () => {
    expect(found(cleaning('    os.remove(path)'))).toEqual(['file-toctou 5→6']);
  });
  it('may be gone', () => {
    expect(found(cleaning('    try:\n        os.remove(path)\n    except FileNotFoundError:\n        pass'))).toEqual([]);
  });
});

describe('an abstract method that does something', () => {
  const pool = (stop: string): string => `import threading
from abc import ABC, abstractmethod

class Pool(ABC):
    def __init__(self):
        self._lock = threading.Lock()
        self.workers = {}

    @abstractmethod
    def stop(self, name):
${stop}

    @abstractmethod
    def wake(self):
        """Wakes."""

    def add(self, name):
        with self._lock:
            self.workers[name] = object()
        self.wake()
`;
  it('is what subclasses go on to', () => {
    expect(found(pool('        if name in self.workers:\n            del self.workers[name]'))).toEqual(['check-then-remove 11→12']);
  });
  it('has its lock', () => {
    const locked = '        with self._lock:\n            if name in self.workers:\n                del self.workers[name]';
    expect(found(pool(locked))).toEqual([]);
  });
});

describe('a folder that an unknown function names', () => {
  const plugins = (make: string): string => `import os
import settings

class Plugins:
    """Several processes use one folder of settings."""
    def __init__(self):
${make}
`;
  const folder = 'os.path.join(settings.get_config_dir(), "plugins")';
  it('is the same each time', () => {
    expect(found(plugins(`        if not os.path.exists(${folder}):\n            os.mkdir(${folder})`))).toEqual(['file-toctou 7→8']);
  });
  it('is made in one call', () => {
    expect(found(plugins(`        os.makedirs(${folder}, exist_ok=True)`))).toEqual([]);
  });
});

describe('a temporary name in the folder of a file', () => {
  const swap = (restore: string): string => `import os
import tempfile

class Swap:
    """Other threads may restore it, too."""
    def __init__(self, path):
        self.path = path
        self.saved = path + tempfile.mktemp('', '', '')
        try:
            os.rename(self.path, self.saved)
        except OSError:
            pass

    def restore(self):
${restore}
`;
  it('is there, and taken by another', () => {
    expect(found(swap('        if os.path.isfile(self.saved):\n            os.rename(self.saved, self.path)'))).toEqual([
      'file-toctou 15→16',
    ]);
  });
  it('may be gone', () => {
    const text = '        try:\n            os.replace(self.saved, self.path)\n        except FileNotFoundError:\n            pass';
    expect(found(swap(text))).toEqual([]);
  });
});
