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
