/** What is set before it is there: found set by others, who go on without. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const inTypeScript = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);
const inPython = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('a flag that is raised before what it stands for', () => {
  const config = (body: string): string => `import { readFile } from 'node:fs/promises';
export class Config {
  private initialized = false;
  private loading: Promise<void> | null = null;
  private values: Record<string, string> = {};
  constructor(private readonly path: string) {}
  private async init(): Promise<void> {
    if (this.initialized) return;
${body}
  }
  async get(key: string): Promise<string | undefined> {
    await this.init();
    return this.values[key];
  }
}
`;
  it('lets the next one go on without', () => {
    const early = `    this.initialized = true;
    this.values = JSON.parse(await readFile(this.path, 'utf8')) as Record<string, string>;`;
    expect(inTypeScript(config(early))).toEqual(['double-init 8→10']);
  });

  it('keeps nobody from waiting for a promise', () => {
    const shared = `    this.loading ??= readFile(this.path, 'utf8').then((text) => {
      this.values = JSON.parse(text) as Record<string, string>;
      this.initialized = true;
    });
    await this.loading;`;
    expect(inTypeScript(config(shared))).toEqual([]);
  });

  it('may be one that keeps others out while one is at work', () => {
    expect(
      inTypeScript(`import { api } from './api';
export class Feed {
  private refreshing = false;
  private items: string[] = [];
  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      this.items = await api.items();
    } finally {
      this.refreshing = false;
    }
  }
}
`),
    ).toEqual([]);
  });

  const registry = (body: string): string => `import threading

class Registry:
    def __init__(self):
        self._lock = threading.Lock()
        self._handlers = {}
        self._loaded = False

    def _load(self):
${body}

    def get(self, name):
        self._load()
        return self._handlers[name]
`;
  it('is so among threads', () => {
    const early = `        if self._loaded:
            return
        self._loaded = True
        for name in ("a", "b"):
            self._handlers[name] = object()`;
    expect(inPython(registry(early))).toContain('double-init 10→14');
    const locked = `        with self._lock:
            if self._loaded:
                return
            self._loaded = True
            for name in ("a", "b"):
                self._handlers[name] = object()`;
    expect(inPython(registry(locked))).toEqual([]);
  });
});

describe('an object that is stored before it is ready', () => {
  const pool = (body: string): string => `import { Pool } from './pool';
let pool: Pool | undefined;
let opening: Promise<Pool> | undefined;
export async function getPool(): Promise<Pool> {
${body}
}
`;
  it('is handed out', () => {
    const early = `  if (pool === undefined) {
    pool = new Pool();
    await pool.warmUp();
  }
  return pool;`;
    expect(inTypeScript(pool(early))).toEqual(['double-init 5→7']);
  });

  it('is waited for where the promise of all of it is kept', () => {
    const shared = `  opening ??= (async () => {
    pool = new Pool();
    await pool.warmUp();
    return pool;
  })();
  return opening;`;
    expect(inTypeScript(pool(shared))).toEqual([]);
  });

  it('is made use of by way of a method that makes sure of it', () => {
    const store = (body: string): string => `import { Client } from './client';
export class Store {
  private client: Client | null = null;
  private async ensure(): Promise<void> {
${body}
  }
  async find(id: string): Promise<unknown> {
    await this.ensure();
    return this.client!.get(id);
  }
}
`;
    const early = `    if (!this.client) {
      const client = new Client();
      this.client = client;
      await client.connect();
    }`;
    expect(inTypeScript(store(early))).toContain('double-init 5→8');
  });
});
