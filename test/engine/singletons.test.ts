/** Classes that say in `__new__` what `C()` gives; and what is no outcome although it differs. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: SourceFile): string[] =>
  engine.check(file, options, control).findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);

describe('a class with __new__', () => {
  const singleton = (body: string): SourceFile =>
    python(`import threading

class Config:
    """Thread-safe."""
    _instance = None
    _lock = threading.Lock()

    def __new__(cls):
${body}
        return cls._instance
`);
  it('may make two of what there is to be one', () => {
    expect(found(singleton('        if cls._instance is None:\n            cls._instance = super().__new__(cls)'))).toEqual([
      'double-init 9→10',
    ]);
  });
  it('makes one under a lock', () => {
    const locked = '        with cls._lock:\n            if cls._instance is None:\n                cls._instance = super().__new__(cls)';
    expect(found(singleton(locked))).toEqual([]);
  });

  it('has what it initialises once more changed under the eyes of others', () => {
    const program = python(`import threading

class Registry:
    one = None
    def __new__(cls):
        return cls.one or object.__new__(cls)
    def __init__(self):
        self.items = []

Registry.one = Registry()
def add(item):
    Registry().items.append(item)
threads = [threading.Thread(target=add, args=(i,)) for i in range(2)]
for t in threads: t.start()
for t in threads: t.join()
assert Registry.one.items
`);
    const trace = engine.simulate({ file: program, line: null }, { ...options, all: true }, control);
    expect(trace.explored.executions).toBeGreaterThan(2);
  });
});

describe('a metaclass that keeps the instances', () => {
  const metaclass = (body: string): SourceFile =>
    python(`import threading

class Singleton(type):
    """Thread-safe."""
    _instances = {}
    _lock = threading.Lock()

    def __call__(cls, *args):
${body}
        return cls._instances[cls]
`);
  const make = 'if cls not in cls._instances: cls._instances[cls] = super().__call__(*args)';
  it('is tried by classes of its own', () => {
    expect(found(metaclass(`        ${make}`))).toEqual(['get-or-create 9→9']);
    expect(found(metaclass(`        with cls._lock:\n            ${make}`))).toEqual([]);
  });
});

describe('an attribute that is asked for by its name', () => {
  const lazy = (test: string): SourceFile =>
    python(`import threading

class Lazy:
    """Thread-safe."""
    lock = threading.Lock()

    @property
    def conn(self):
        ${test}
            self._conn = connect()
        return self._conn
`);
  it.each(['if not hasattr(self, "_conn"):', "if getattr(self, '_conn', None) is None:"])('is read: %s', (test) => {
    expect(found(lazy(test))).toEqual(['double-init 9→10']);
  });
  it('is another with a name that is not known', () => {
    expect(found(lazy('if not hasattr(self, name):'))).toEqual([]);
  });
});

describe('no outcome is', () => {
  const cache = (show: string): SourceFile =>
    typescript(`const debug = require('debug')('cache');
export class Cache {
  private value: string | null = null;
  private ready: Promise<void> = load();
  async get(): Promise<void> {
    if (this.value === null) return;
    await tick();
    ${show}
  }
  async clear(): Promise<void> {
    await tick();
    this.value = null;
  }
  async set(value: string): Promise<void> {
    await tick();
    this.value = value;
  }
}
`);
  it('what is only logged, by the name under which the source calls it', () => {
    expect(found(cache("debug('value %s', this.value);"))).toEqual([]);
    expect(found(cache("send('value %s', this.value);"))).toEqual(['stale-after-await 6→8']);
  });
});
