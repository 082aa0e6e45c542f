/** Bad input: syntax errors keep their surroundings, nothing throws, spans stay inside the text. */
import fc from 'fast-check';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { printModule } from '../../../src/core/program/print.ts';
import type { FrontEndResult } from '../../../src/core/program/program.ts';
import { intrinsics, parseTypeScript, parseTypeScriptIncremental } from '../../../src/frontends/typescript/index.ts';
import { depth, lower, unsupported, walk } from './helpers.ts';

const here = new URL('.', import.meta.url);
const sources = readdirSync(new URL('../../../src/frontends/typescript/', here)).map((name) =>
  readFileSync(new URL(`../../../src/frontends/typescript/${name}`, here), 'utf8'),
);

const known = new Set<string>(intrinsics.map((x) => x.name));

/** What must hold of any result. Violations are gathered first: there are many nodes. */
function checkInvariants(text: string, { module, problems }: FrontEndResult): void {
  const wrong: string[] = [];
  const inside = (what: string, span: { start: number; end: number }): void => {
    if (!(span.start >= 0 && span.start <= span.end && span.end <= text.length)) wrong.push(`${what} at ${span.start}..${span.end}`);
  };
  const { nodes, shared } = walk(module);
  for (const n of shared) wrong.push(`shared ${String(n.kind)}`);
  for (const n of nodes) {
    if (n.span) inside(String(n.kind), n.span);
    if (n.kind === 'intrinsic' && !known.has(String(n.name))) wrong.push(`unlisted ${String(n.name)}`);
  }
  for (const p of problems) inside('problem', p.span);
  module.functions.forEach((f, i) => {
    inside(`function ${f.qualifiedName}`, f.span);
    inside(`name of ${f.qualifiedName}`, f.nameSpan);
    if (f.id !== i) wrong.push(`id ${f.id} at ${i}`);
    if (i > 0 && f.span.start < (module.functions[i - 1]?.span.start ?? 0)) wrong.push(`order of ${f.qualifiedName}`);
  });
  if (depth(module) > 520) wrong.push('depth');
  printModule(module);
  expect(wrong).toEqual([]);
}

describe('syntax errors', () => {
  test('the broken statement is unsupported and the rest is lowered', () => {
    const { module, problems } = parseTypeScript(
      'f.ts',
      'const a = 1;\nconst b = ;\nfunction f() { x = (; y = 2; return 3; }\nclass C { m( { } n() { return 4; } }\nuse(a);',
      'typescript',
    );
    expect(problems.map((p) => p.message)).toContain('Expression expected.');
    expect(unsupported(module)).toContain('syntax error');
    const text = printModule(module);
    for (const part of ['(declare $a 1)', '(do (:= $y 2))', '(return 3)', '(do (call $use $a))']) expect(text).toContain(part);
    expect(module.globals.map((g) => g.name)).toEqual(['a', 'b', 'f', 'C']);
  });

  test('an error inside a callback leaves the call around it usable', () => {
    const text = printModule(lower("app.get('/x', async (req) => { await one(); const y = ; await two(); });"));
    expect(text).toContain('(do (await (call $one)))');
    expect(text).toContain('(unsupported "syntax error")');
    expect(text).toContain('(do (await (call $two)))');
  });

  test('what only strict mode forbids is lowered', () => {
    expect(printModule(lower('var mode = 0755;', 'f.cjs'))).toContain('(declare $mode 493)');
  });

  test('with statements are a problem and unsupported', () => {
    const { module, problems } = parseTypeScript('f.js', 'with (o) { a; }\nb;', 'javascript');
    expect(unsupported(module)).toEqual(['a with statement']);
    expect(problems).toEqual([{ message: 'a with statement cannot be simulated', span: { start: 0, end: 15 } }]);
  });
});

describe('extremes', () => {
  const deep: [string, string][] = [
    ['parentheses', '('.repeat(100_000)],
    ['closed parentheses', `${'('.repeat(5_000)}1${')'.repeat(5_000)}`],
    ['blocks', '{'.repeat(50_000)],
    ['functions', `${'(() => '.repeat(2_000)}1${')'.repeat(2_000)}`],
    ['arrays', `x = ${'['.repeat(900)}${']'.repeat(900)};`],
    ['prefixes', `x = ${'! '.repeat(3_000)}1`],
    ['sums', `x = ${'a + '.repeat(60_000)}1`],
    ['nested sums', `x = ${'('.repeat(300)}a${' + b + c + d + e + f + g)'.repeat(300)}`],
    ['calls', `x${'.f()'.repeat(20_000)}`],
    ['optional calls', `x${'?.f()'.repeat(5_000)}`],
    ['conditionals', `x = ${'a ? b : '.repeat(3_000)}c`],
    ['else if', `if (a) b; ${'else if (a) b; '.repeat(3_000)}`],
    ['templates', `x = ${'`${'.repeat(2_000)}`],
    ['types', `let x: ${'A<'.repeat(3_000)}`],
    ['JSX', `x = ${'<a>'.repeat(2_000)}`],
    ['patterns', `const ${'['.repeat(1_500)}a${']'.repeat(1_500)} = b;`],
    ['assignments', `x = ${'a = '.repeat(5_000)}1`],
  ];
  test.each(deep)('deep %s', (_name, text) => {
    for (const path of ['f.ts', 'f.jsx']) {
      const result = parseTypeScript(path, text, path === 'f.ts' ? 'typescript' : 'javascript');
      checkInvariants(text, result);
    }
    // The parser keeps working afterwards.
    expect(parseTypeScript('g.ts', 'const f = (a) => a;', 'typescript').problems).toEqual([]);
  });

  test('long comma lists and joined strings are not deep', () => {
    const m = lower(`x = (${'a(), '.repeat(3_000)}b); y = ${"'s' + ".repeat(3_000)}'t';`);
    expect(unsupported(m)).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['zeros', '\0'.repeat(1_000)],
    ['a zero in code', 'const a = 1;\0\nf(a);'],
    ['a byte order mark', '\ufeffconst a = 1;'],
    ['a lone surrogate', 'const s = "\ud800"; s\ud800;'],
    ['a long line', `const s = "${'x'.repeat(1_000_000)}";`],
    ['a long number', `const n = ${'9'.repeat(100_000)}n;`],
    ['other line breaks', 'a\u2028b\r\rc\r\n'],
    ['a hash bang', '#!/usr/bin/env node\nmain();'],
  ])('%s', (_name, text) => {
    checkInvariants(text, parseTypeScript('f.ts', text, 'typescript'));
  });
});

describe('random texts', () => {
  const piece = fc.constantFrom(
    ...'(){}[]<>;,.:?!=+-*/%&|^~`\'"#@$\\ \n'.split(''),
    'async ',
    'await ',
    'function ',
    'class ',
    'let ',
    'const ',
    'var ',
    'for ',
    'of ',
    'in ',
    'if ',
    'else ',
    'return ',
    'yield ',
    'new ',
    'import ',
    'export ',
    'default ',
    'from ',
    'static ',
    'get ',
    'enum ',
    'namespace ',
    'using ',
    'super',
    'this',
    '=>',
    '...',
    '${',
    '?.',
    'a',
    'b',
    '1',
    '0x',
    '#p',
    '<a>',
    '</a>',
    'case ',
    'switch ',
    'try ',
    'catch ',
    'while ',
    'do ',
    'typeof ',
    'delete ',
    'as ',
    'type ',
    'abstract ',
    'declare ',
  );

  test('any mixture of tokens', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom('f.ts', 'f.tsx', 'f.js'), (parts, path) => {
        const text = parts.join('');
        checkInvariants(text, parseTypeScript(path, text, path === 'f.js' ? 'javascript' : 'typescript'));
      }),
      { numRuns: 400 },
    );
  });

  test('any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) =>
        checkInvariants(text, parseTypeScript('f.ts', text, 'typescript')),
      ),
      { numRuns: 200 },
    );
  });

  test('real source with parts cut out, doubled and replaced; an edit gives what a fresh parse gives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(40), add: fc.array(piece, { maxLength: 4 }) }), {
          minLength: 1,
          maxLength: 4,
        }),
        (source, edits) => {
          let text = source;
          let state = parseTypeScriptIncremental('f.ts', text, 'typescript', null);
          for (const e of edits) {
            const at = Math.floor(e.at * text.length);
            text = text.slice(0, at) + e.add.join('') + text.slice(at + e.cut);
            state = parseTypeScriptIncremental('f.ts', text, 'typescript', state);
          }
          const fresh = parseTypeScript('f.ts', text, 'typescript');
          checkInvariants(text, fresh);
          expect(printModule(state.module)).toBe(printModule(fresh.module));
          expect(state.module.text).toBe(text);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('everything in this front end is itself lowered completely', () => {
  for (const text of sources) {
    const result = parseTypeScript('f.ts', text, 'typescript');
    expect(result.problems).toEqual([]);
    expect(unsupported(result.module)).toEqual([]);
    checkInvariants(text, result);
  }
});

test('published packages are lowered completely', () => {
  const modules = new URL('../../../node_modules/', here);
  const files = ['commander/lib', 'preact/src', 'preact/dist', 'vscode-jsonrpc/lib/common', 'zod/src/v4/core', '@preact/signals/dist']
    .filter((folder) => existsSync(new URL(folder, modules)))
    .flatMap((folder) => readdirSync(new URL(folder, modules)).map((name) => `${folder}/${name}`))
    .filter((name) => /(?<!\.d)\.[cm]?[jt]sx?$/.test(name));
  expect(files.length).toBeGreaterThan(20);
  for (const name of files) {
    const text = readFileSync(new URL(name, modules), 'utf8');
    const result = parseTypeScript(name, text, /ts$/.test(name) ? 'typescript' : 'javascript');
    expect(result.problems, name).toEqual([]);
    expect(unsupported(result.module), name).toEqual([]);
    checkInvariants(text, result);
  }
});

describe('directives', () => {
  test('name the line they act on, wherever comments can be, and nowhere else', () => {
    const text = [
      'f(); // race-replay-disable-next-line lost-update: the caller holds a lock',
      'g();',
      '/* race-replay-disable-next-line double-init, lost-update',
      '   : more */',
      'h("// race-replay-disable-next-line nothing: in a string", `// race-replay-disable-next-line nothing`);',
      '// race-replay-disable-next-line check-then-act: first',
      '// race-replay-disable-next-line lost-update',
      'k();',
    ].join('\n');
    expect(lower(text).directives).toEqual([
      { line: 1, rules: ['lost-update'], reason: 'the caller holds a lock' },
      { line: 4, rules: ['double-init', 'lost-update'], reason: '' },
      { line: 7, rules: ['check-then-act'], reason: 'first' },
      { line: 7, rules: ['lost-update'], reason: '' },
    ]);
  });
});
