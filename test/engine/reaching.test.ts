/** Code is reached although much is unknown: validated arguments, wakings, calls of one turn, classes without a name. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const findings = (file: SourceFile): { at: string; message: string; evidence: string }[] =>
  engine
    .check(file, options, control)
    .findings.map((f) => ({ at: `${f.rule} ${f.check.line}→${f.act.line}`, message: f.message, evidence: f.evidence }));
const found = (file: SourceFile): string[] => findings(file).map((f) => f.at);
const javascript = (text: string): SourceFile => ({ path: 'example.js', text, language: 'javascript' });

describe('who waits once for what it checks', () => {
  const slots = (word: 'if' | 'while'): SourceFile =>
    javascript(`let free = 1;
const waiting = [];
async function job(name) {
  ${word} (free === 0) await new Promise((resolve) => waiting.push(resolve));
  free -= 1;
  await null;
  free += 1;
  waiting.splice(0).forEach((resolve) => resolve());
  return name;
}
Promise.all([job('a'), job('b'), job('c')]).then((names) => console.log(names, free));
`);
  it('is woken in vain, although everything ends as it would one after the other', () => {
    const [only, ...more] = findings(slots('if'));
    expect(more).toEqual([]);
    expect(only?.at).toBe('wait-without-loop 4→5');
    expect(only?.message).toMatch(/checked once at line 4.*may have changed it back \(line 5/);
  });
  it('not who asks again', () => {
    expect(found(slots('while'))).toEqual([]);
  });
  it('also where what there was from the start must be used up first', () => {
    const permits = (word: 'if' | 'while'): SourceFile =>
      python(`import threading


class Permits:
    def __init__(self, count):
        self.count = count
        self.cond = threading.Condition()

    def acquire(self, timeout):
        with self.cond:
            ${word} self.count <= 0:
                self.cond.wait(timeout)
            self.count -= 1

    def release(self):
        with self.cond:
            self.count += 1
            self.cond.notify()
`);
    expect(found(permits('if'))).toEqual(['wait-without-loop 11→13']);
    expect(found(permits('while'))).toEqual([]);
  });
});

describe('what stands before the check', () => {
  const client = (guard: string): SourceFile =>
    typescript(`import { dial } from './net';
export class Client {
  private connection: unknown;
  private readonly url: string;
  constructor(options: { url?: string; retries?: number; tls?: unknown }) {
    if (options.tls && !options.tls.key) throw new Error('no key');
    if (typeof options.retries !== 'number') throw new Error('no retries');
    if (options.url === undefined || options.url.startsWith('ftp:')) throw new Error('no url');
    this.url = options.url;
  }
  async connect(): Promise<unknown> {
${guard}
    return this.connection;
  }
}
`);
  it('does not keep it from being reached', () => {
    expect(found(client('    if (!this.connection) {\n      this.connection = await dial(this.url);\n    }'))).toEqual([
      'double-init 12→13',
    ]);
  });
  it('nor from being proven', () => {
    expect(found(client('    this.connection ??= dial(this.url);\n    await this.connection;'))).toEqual([]);
  });
});

it('calls that wait for nothing but each other meet in one turn', () => {
  const documents = (look: string): SourceFile =>
    typescript(`export class Documents {
  private documents = new Map<string, object>();
  private extensions: { load(name: string): Promise<void> }[] = [];
  async open(name: string): Promise<object> {
    ${look}
    for (const extension of this.extensions) await extension.load(name);
    await Promise.resolve();
    const made = { name };
    this.documents.set(name, made);
    return made;
  }
}
`);
  expect(found(documents('const known = this.documents.get(name); if (known) return known;'))).toEqual(['get-or-create 5→9']);
});

it('a question put to an unknown object is answered alike for both', () => {
  const pool = typescript(`import { Topology } from './topology';
export class Client {
  private topology: any;
  private options = Symbol('options');
  constructor(options: any) { (this as any)[this.options] = options; }
  async connect(): Promise<this> {
    if (this.topology && this.topology.isConnected()) return this;
    const hosts = await (this as any)[this.options].resolve();
    this.topology = new Topology(hosts);
    await this.topology.connect();
    return this;
  }
}
`);
  expect(found(pool)).toContain('double-init 7→9');
});

it('a class that is made where it is exported is driven', () => {
  const broker = javascript(`const { dial } = require('./net');
module.exports = class Broker {
  constructor({ host }) { this.host = host; this.session = null; }
  async connect() {
    if (!this.session) this.session = await dial(this.host);
    return this.session;
  }
};
`);
  expect(found(broker)).toEqual(['double-init 5→5']);
});

it('names of a star import nobody can see into are unknown', () => {
  expect(
    found(
      python(`from .everything import *
import threading

class Box(Base):
    def __init__(self):
        self.lock = threading.Lock()
        self.made = None

    def get(self):
        if self.made is None:
            self.made = make_it()
        return self.made
`),
    ),
  ).toEqual(['double-init 10→11']);
});

it('what comments say of threads is evidence, and what they deny is not', () => {
  const registry = (comment: string): SourceFile =>
    python(`class Registry:
    """${comment}"""

    def __init__(self):
        self.items = {}

    def add(self, key, make):
        if key not in self.items:
            self.items[key] = make(key)
        return self.items[key]
`);
  expect(findings(registry('Shared by several threads.'))).toMatchObject([{ at: 'get-or-create 8→9', evidence: 'contract' }]);
  expect(found(registry('Not thread-safe.'))).toEqual([]);
});

describe('what built-ins make of unknown values', () => {
  const values = [
    'new Date(x * 1000)',
    'new Date(x).getTime() > Date.now()',
    'Math.max(x, 3)',
    "'a'.repeat(x)",
    '[1, 2, 3].slice(x)',
    'Number.isInteger(x)',
    'Array.isArray(x)',
    'Object.keys(x)',
    'Object.entries(x).map(([k, v]) => k)',
    'new Map(Object.entries(x))',
    'Object.assign({}, x).a',
    '({ ...{ ...x, a: 1 } }).info(1)',
    "Object.hasOwn(x, 'a')",
    'Object.getPrototypeOf(x)',
    'Array.from({ length: x })',
    'Array.from(x.entries())',
    'isNaN(x)',
  ];
  for (const value of [...values, 'await (async () => { for await (const a of x) a; })()', '(() => { for (const k in x) k; })()']) {
    it(`can be gone on with: ${value}`, () => {
      const checked = engine.check(
        typescript(`import { x, y } from './unknown';
let n = 0;
export async function f() {
  if (n > 0) return;
  await y.wait();
  n = 1;
  const r = ${value};
  return n;
}
`),
        options,
        control,
      );
      expect(checked.findings.map((f) => f.rule)).toEqual(['check-then-act']);
    });
  }
});
