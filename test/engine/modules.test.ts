/** Modules of several files: names are linked as Node links them. Each program runs in the machine and in Node. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options } from './load.ts';

let engine: Engine;
const folder = mkdtempSync(join(tmpdir(), 'race-replay-modules-'));
beforeAll(async () => {
  engine = await loadEngine();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'counter.js': 'export let count = 0;\nexport function increment() { count++; }\nexport default count;\n',
  'a.js': "import { B } from './index.js';\nexport class A { make() { return new B(); } }\n",
  'b.js': "import { A } from './index.js';\nexport class B { other() { return new A(); } }\n",
  'index.js':
    "export * from './a.js';\nexport * from './b.js';\nexport { increment as more } from './counter.js';\nexport * as counter from './counter.js';\n",
  'live.js': "import { count, increment } from './counter.js';\nincrement();\nincrement();\nconsole.log(count);\n",
  'circle.js': "import { A } from './index.js';\nconsole.log(new A().make().other() instanceof A);\n",
  'names.js': `import * as all from './index.js';
import first, * as counter from './counter.js';
export { A as Again } from './index.js';
import { Again } from './names.js';
console.log(Object.keys(all).join(), typeof all.A, counter.count, first);
all.more();
console.log(counter.count, all.counter.count, first, Again === all.A, 'increment' in counter);
setTimeout(() => { counter.increment(); console.log(counter.count); }, 1);
`,
  'early.js':
    "import { late } from './late.js';\nexport const early = 'early';\nexport function say() { return late; }\nconsole.log(say());\n",
  'late.js':
    "import { say } from './early.js';\nexport const late = 'late';\ntry { say(); console.log(say()); } catch (e) { console.log(e.name); }\n",
  'hosts.js': 'console.log(typeof window, typeof document, typeof fetch, typeof process.versions.node, typeof nothing);\n',
};

function printed(name: string): string[] {
  const path = join(folder, name);
  const read = (p: string): string | null => (existsSync(p) ? readFileSync(p, 'utf8') : null);
  const file = { path, text: readFileSync(path, 'utf8'), language: 'javascript' as const };
  const trace = engine.simulate({ file, line: null }, options, control, read);
  return trace.steps.flatMap((s) => (s.output === undefined ? [] : s.output.split('\n')));
}

describe('modules are linked as Node links them', () => {
  it.each(['live.js', 'circle.js', 'names.js', 'early.js', 'hosts.js'])('%s', (name) => {
    const real = execFileSync(process.execPath, [join(folder, name)], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
    expect(printed(name)).toEqual(real);
  });
});

describe('a file that cannot be simulated', () => {
  it('is unknown code to those that import it, and does not stand in the way', () => {
    const read = (p: string): string | null =>
      p.endsWith('broken.js') ? 'export function helper() {}\nimport("./" + unknown + ".js");\nthrow new Error("at load");\n' : null;
    const text = `import { helper } from './broken.js';
export class Cache {
  value = null;
  async get() {
    if (this.value === null) this.value = await helper();
    return this.value;
  }
}
`;
    const { findings } = engine.check({ path: '/w/cache.js', text, language: 'javascript' }, options, control, read);
    expect(findings.map((f) => f.rule)).toEqual(['double-init']);
  });
});

describe('text that no one wrote by hand', () => {
  it('is left out of the search for patterns, and nothing moves', () => {
    const blob = 'A1b2'.repeat(40_000);
    const code = `export class Store {
  seats = new Map();
  async take(seat, who) {
    if (!this.seats.has(seat)) { await this.audit(who); this.seats.set(seat, who); return true; }
    return false;
  }
  async audit(who) { await new Promise((resolve) => setTimeout(resolve, 1)); }
}
`;
    const at = (text: string): string[] =>
      engine
        .check({ path: '/w/store.js', text, language: 'javascript' }, options, control)
        .findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);
    expect(at(`// ${blob}\n${code}// ${blob}\n`)).toEqual(at(`//\n${code}//\n`));
    expect(at(code).length).toBeGreaterThan(0);
  });
});
