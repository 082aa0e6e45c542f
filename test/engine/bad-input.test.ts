/** Nothing a file can hold makes the engine throw or hang. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const quick = { ...options, timeoutMs: 300, maxExecutions: 2000 };

describe('bad input', () => {
  it.each([
    ['empty', ''],
    ['blank', '   \n\n\t\n'],
    ['binary', '\u0000\u0001\u0002PNG\u0000'],
    ['half-typed', 'def f(:\n  if x ['],
    ['endless loop', 'while True:\n    pass\n'],
    ['endless recursion', 'def f():\n    return f()\nf()\n'],
    ['exception at once', '1 / 0\n'],
    ['deep nesting', `x = ${'('.repeat(3000)}1${')'.repeat(3000)}\n`],
  ])('Python: %s', (_name, text) => {
    const result = engine.check(python(text), quick, control);
    expect(result.findings).toEqual([]);
    const trace = engine.simulate({ file: python(text), line: null }, quick, control);
    expect(['verified', 'bounded', 'unsupported', 'violation']).toContain(trace.verdict);
  });

  it.each([
    ['empty', ''],
    ['binary', '\u0000\u0001'],
    ['half-typed', 'class A { async f( { if (this.'],
    ['endless loop', 'for (;;) {}'],
    ['endless recursion', 'function f() { return f(); } f();'],
    ['endless promises', 'async function f() { await null; return f(); } f();'],
  ])('TypeScript: %s', (_name, text) => {
    const result = engine.check(typescript(text), quick, control);
    expect(result.findings).toEqual([]);
    expect(['verified', 'bounded', 'unsupported', 'violation']).toContain(
      engine.simulate({ file: typescript(text), line: null }, quick, control).verdict,
    );
  });

  it('says what a syntax error is and where', () => {
    const { problems } = engine.check(python('x = 1\nif x\n    y = 2\n'), quick, control);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.range.line).toBe(2);
  });

  it('refuses what is too long with a clear message', () => {
    const { problems, findings } = engine.check(python('x = 1\n'.repeat(70_000)), quick, control);
    expect(findings).toEqual([]);
    expect(problems[0]?.message).toMatch(/too long/);
  });

  it('checks 50,000 lines', () => {
    const text = Array.from(
      { length: 10_000 },
      (_, i) => `def f${i}(a):\n    b = a + ${i}\n    if b:\n        return b\n    return a\n`,
    ).join('');
    const result = engine.check(python(text), quick, control);
    expect(result.lines).toBeGreaterThanOrEqual(50_000);
    expect(result.findings).toEqual([]);
  });

  it('never throws on mutations of a racy program', () => {
    const base =
      'import threading\nd = {}\ndef f(k):\n    if k not in d:\n        d[k] = len(d)\n    return d[k]\nfor i in range(2):\n    threading.Thread(target=f, args=(1,)).start()\n';
    fc.assert(
      fc.property(
        fc.nat(base.length),
        fc.nat(8),
        fc.constantFrom('', ':', '(', ')', '\n', '    ', 'await ', 'del ', '"', '\u202e', '0'),
        (at, cut, insert) => {
          const text = base.slice(0, at) + insert + base.slice(at + cut);
          engine.check(python(text), { ...quick, timeoutMs: 50, maxExecutions: 200 }, control);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });
});
