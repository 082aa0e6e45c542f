/** Names: what each one resolves to, which are captured, rebound, constant or in a dead zone. */
import { describe, expect, test } from 'vitest';
import type { Module } from '../../../src/core/program/program.ts';
import { printFunction } from '../../../src/core/program/print.ts';
import { fn, lower, tree, variable } from './helpers.ts';

function body(module: Module, name: string): string {
  return printFunction(fn(module, name), module);
}

function constants(source: string): string[] {
  return lower(source)
    .globals.filter((g) => g.constant)
    .map((g) => g.name);
}

describe('top-level names', () => {
  test('constant means bound once, at the top level, outside loops', () => {
    expect(constants('let a = 1; let b; b = 2; let c = 1; c = 2; let d; for (;;) d = 1; let e = 1; function f() { e++; }')).toEqual([
      'a',
      'b',
      'f',
    ]);
  });

  test('functions that are replaced and names assigned by patterns are not constant', () => {
    expect(
      constants('function f() {} f = null; let x = 1, y = 2; [x] = y; ({ z: y } = x); var v = 1; while (v) v--; const k = 0;'),
    ).toEqual(['k']);
  });

  test('a block at the top level has variables, not module names', () => {
    const m = lower('{ const inner = 1; use(inner); } var outer = 2;');
    expect(m.globals.map((g) => g.name)).toEqual(['outer']);
    expect(m.body.variables.map((v) => v.name)).toEqual(['inner']);
  });

  test('imports used only as types are erased in TypeScript and kept in JavaScript', () => {
    const source = "import { A, b } from 'm';\nimport c from 'n';\nb();";
    expect(lower(source).globals.map((g) => g.name)).toEqual(['b']);
    expect(lower(source, 'f.mjs').globals.map((g) => g.name)).toEqual(['A', 'b', 'c']);
  });
});

describe('hoisting', () => {
  test('functions come first, var belongs to the function, let to its block', () => {
    const m = lower('function f(p) { g(); if (p) { var v = 1; let w = 2; } function g() { return v; } return v; }');
    expect(variable(m, 'f', 'v')).toMatchObject({ hasDeadZone: false, captured: true });
    expect(variable(m, 'f', 'w')).toMatchObject({ hasDeadZone: true, captured: false });
    expect(fn(m, 'f').body[0]).toMatchObject({ kind: 'assign', value: { kind: 'function' } });
  });

  test('names of the body are not seen by parameter defaults', () => {
    expect(body(lower('let x = 1; function f(a = () => x) { var x = 2; return a() + x; }'), 'f.a')).toContain('(return $x)');
  });

  test('var under a parameter name, and in a catch clause under its name, is the same variable', () => {
    expect(body(lower('function f(a) { var a = a || 1; try { } catch (e) { var e = 1; } return a; }'), 'f')).toMatchInlineSnapshot(`
      "(function #1 f ((a))
        (vars a:reassigned e e~2:reassigned)
        (declare a (or a 1))
        (try
          (catch _ as e~2
            (declare e~2 1)))
        (return a))
      "
    `);
  });
});

describe('closures', () => {
  test('only blocks whose variables need renewing are kept', () => {
    expect(
      body(
        lower('function f(xs) { for (const x of xs) { const plain = x; use(plain); } while (xs) { let kept = 1; later(() => kept); } }'),
        'f',
      ),
    ).toMatchInlineSnapshot(`
      "(function #1 f ((xs))
        (vars xs x:tdz,const plain:tdz,const kept:tdz,captured)
        (each x in xs (vars x)
          (declare plain x)
          (do (call $use plain)))
        (while xs
          (block (vars kept)
            (declare kept 1)
            (do (call $later (function #2 ))))))
      "
    `);
  });

  test('a use ahead of the declaration keeps the dead zone of each entry', () => {
    expect(tree('function f() { while (1) { use(x); let x = 1; } }')).toContain('(block (vars x)');
    expect(tree('function f() { while (1) { let x = 1; use(x); } }')).not.toContain('(block');
  });

  test('rebinding: a loop body declares anew, an outer variable is rebound', () => {
    const m = lower(
      'function f(xs) { let last; let n = 0; var seen = 0; for (const x of xs) { let once = x; last = once; try { n; } catch (e) { g(e); } } return () => [last, n, seen]; }',
    );
    expect(['last', 'n', 'seen', 'x', 'once', 'e'].filter((name) => variable(m, 'f', name).reassigned)).toEqual(['last']);
  });

  test('an assignment from an inner function rebinds', () => {
    const m = lower('function f() { let c; return async () => { if (!c) c = await open(); return c; }; }');
    expect(variable(m, 'f', 'c')).toMatchObject({ captured: true, reassigned: true });
  });

  test('arrows share this function’s arguments; a name of its own hides them', () => {
    const m = lower('function f() { return () => arguments; } function g(arguments_) { var arguments; return arguments; }', 'f.cjs');
    expect(fn(m, 'f').usesArguments).toMatchObject({ name: 'arguments', captured: true });
    expect(fn(m, 'g').usesArguments).toBeUndefined();
    expect(tree('const h = () => arguments;')).toContain('$arguments');
  });

  test('the name of a function expression is its own, also where an outer one exists', () => {
    const m = lower('function f(n) {} const g = function f(n) { return n ? f(n - 1) : 0; };');
    const inner = m.functions.find((x) => x.qualifiedName === 'f' && x.parent === m.body && x.body.length > 0);
    expect(inner && printFunction(inner, m)).toContain('(call <module>/f (- n 1))');
  });

  test('a class declaration means itself inside its body, before the statement is complete', () => {
    const m = lower('class A { static one = new A(); } const B = class C { static one = new C(); };');
    expect(m.classes[0]?.self).toEqual({ kind: 'global', name: 'A' });
    expect(m.classes[1]?.self).toMatchObject({ kind: 'variable', variable: { name: 'C', captured: true } });
  });
});

describe('parameter properties', () => {
  test('are assigned after super', () => {
    expect(
      body(lower('class A extends B { constructor(public x: number, private y = 1) { log(); super(x); done(); } }'), 'A.constructor'),
    ).toMatchInlineSnapshot(`
      "(constructor #1 A.constructor of A ((x: "number") (y = 1))
        (vars x y)
        (do (call $log))
        (do (call (super) x))
        (do (:= (attr (this) x) x))
        (do (:= (attr (this) y) y))
        (do (call $done)))
      "
    `);
  });

  test('come before the fields where a field reads one', () => {
    expect(
      body(lower('class A { all = this.repo.all(); size = limit; constructor(private repo: R, limit: number) {} }'), 'A.constructor'),
    ).toMatchInlineSnapshot(`
      "(constructor #1 A.constructor of A ((repo: "R") (limit: "number"))
        (vars repo limit)
        (do (:= (attr (this) repo) repo))
        (do (:= (attr (this) all) (call (attr (attr (this) repo) all))))
        (do (:= (attr (this) size) $limit)))
      "
    `);
  });
});

describe('what is exported', () => {
  test('through lists, defaults, objects and classes, but not private members', () => {
    const m = lower(`
      const a = () => {}; function b() {} const api = { c() {}, d: async () => {} };
      class K { m() {} private p() {} #q() {} f = () => {}; protected g = () => {}; }
      const hidden = () => {};
      export { a, K as L }; export default api;
      export const e = function () {}, wrapped = wrap(() => {});
    `);
    expect(m.functions.filter((f) => f.exported).map((f) => f.qualifiedName)).toEqual(['a', 'api.c', 'api.d', 'K.m', 'K.f', 'e']);
  });
});
