import { describe, expect, it } from 'vitest';
import type { Module } from '../../../src/core/program/program.ts';
import { frontEnd, lower, show } from './front-end.ts';
import { compareScopes, pythonScopes, pythonVersion } from './symbol-tables.ts';

/** Texts whose names are resolved in ways worth checking. One scope of a name per line. */
const texts: Record<string, string> = {
  closures: `
def make():
    count = 0
    def step():
        nonlocal count
        count += 1
        return count
    def peek():
        return count
    return step, peek
`,
  globals: `
total = 0
def outer():
    global total
    total = 1
    def inner():
        return total
    return inner
def other():
    total = 2
    def inner2():
        global total
        total = 3
        def innermost():
            return total
        return innermost
    return total, inner2
`,
  'class bodies are skipped': `
def f(x):
    class A:
        x = x_default = 1
        y = x
        def get(self):
            return x, y
        class B:
            z = x
            def get2(self):
                return x, z
    return A
y = 0
`,
  'class body declarations': `
def f():
    x = 1
    class A:
        nonlocal x
        x = 2
        global g
        g = 3
        def m(self):
            return g, x
    return A, x
`,
  comprehensions: `
def f(rows, k):
    a = [cell * k
         for row in rows if row for cell in row]
    b = {c: d
         for c, d in a}
    e = {g
         for g in (h
                   for h in b)}
    return a, b, e, (lambda: k)
class C:
    xs = [1]
    ys = [x
          for x in xs]
i = 3
z = [i
     for i in range(i)]
`,
  walrus: `
def f(data):
    if any((hit := x) > 3
           for x in data):
        return hit
def g(data):
    global last
    return [last := y
            for y in data]
def outer():
    n = 0
    def h(data):
        nonlocal n
        return [(n := n + v)
                for v in data]
    return h, n
top = [(seen := w)
       for w in ()]
while (chunk := input()):
    pass
`,
  'super and __class__': `
class A:
    def one(self):
        return super().one()
    def two(self):
        def inner():
            return __class__
        return inner
    def three(self):
        return [super(A, x)
                for x in ()]
    @staticmethod
    def four():
        return super
def five():
    return super()
`,
  'private names': `
class Account:
    __limit = 3
    def __secret(self, __n):
        __m = self.__limit
        def inner():
            return __m, __n, __o__
        return inner
    class ___:
        __kept = 1
class _Under:
    __x = 1
    def get(self):
        global __y
        __y = __x
        import __z
        return __z
`,
  'binding forms': `
import os.path, sys as system
from a import b, c as d
def f(p, /, q, *args, r=1, **kw):
    import a.b.c
    with p as (x, *y), q as z.w:
        for i, (j, k) in args: pass
        else: del i
    try: pass
    except ValueError as e: pass
    x: int = 1
    u: str
    v[0], v.attr = 1, 2
    s += 1
    def g(): return x, e, u
    class K: pass
    t = lambda m, n=r: m + n + x
    async def co(): return s
    return K, t
`,
  'global in a function, never read': `
def f():
    global made
    made = 1
def g():
    import os
    def h():
        def i():
            return os
        return i
    return h
`,
};

const matching = `
def f(command):
    match command:
        case [a, *rest] if rest: pass
        case {"k": v, **others}: pass
        case Point(x=0, y=yy) as p: pass
        case A.B | None: pass
        case (1 | 2) as n: pass
        case other: pass
    def g(): return a, p
    return g
`;

const version = pythonVersion();

describe.skipIf(version === null)('names agree with the symbol tables of CPython', () => {
  const all = { ...texts, ...(Number(version?.split('.')[1]) >= 10 ? { match: matching } : {}) };
  const names = Object.keys(all);
  const scopes = version === null ? [] : pythonScopes(Object.values(all));
  it.each(names.map((name, i) => [name, i] as const))('%s', (name, i) => {
    const expected = scopes[i];
    if (expected === null || expected === undefined) throw new Error('CPython does not compile this text');
    expect(compareScopes(lower(all[name as keyof typeof all] ?? ''), expected)).toEqual([]);
  });
});

function constants(module: Module): string[] {
  return module.globals.filter((g) => g.constant).map((g) => g.name);
}

describe('what is shared', () => {
  it('knows which module-level names never change', () => {
    const module = lower(`
import os
LIMIT = 3
count = 0
count = 1
queue = []
handle = None
total: int = 0
def bump():
    global total
    total += 1
def reset():
    handle = 1
class Server: pass
for i in range(3):
    in_loop = i
try:
    import json
except ImportError:
    json = None
later = 1
del later
if LIMIT:
    chosen = 1
[found := x for x in queue]
`);
    expect(constants(module)).toEqual(['os', 'LIMIT', 'queue', 'handle', 'bump', 'reset', 'Server', 'chosen']);
    expect(module.globals.find((g) => g.name === 'os')?.kind).toBe('import');
    expect(module.globals.find((g) => g.name === 'Server')?.kind).toBe('class');
    expect(module.globals.map((g) => g.name)).toContain('found');
  });

  it('marks captured and rebound variables', () => {
    expect(
      show(
        `
def worker(items, limit):
    done = []
    count = 0
    fixed = 1
    def run():
        nonlocal count
        count += 1
        done.append(fixed)
    for item in items:
        last = item
    limit = 3
    return run
`,
        'worker',
      ).split('\n')[0],
    ).toBe('(vars items limit:reassigned done:captured count:captured,reassigned fixed:captured run item:reassigned last:reassigned)');
  });

  it('unbinds the exception as CPython does', () => {
    expect(show('try: f()\nexcept E as e: g(e)')).toMatchInlineSnapshot(`
      "(try
        (do (call $f))
        (catch $E as $e
          (try
            (do (call $g $e))
            (finally
              (set $e None)
              (delete $e)))))"
    `);
  });

  it('gives super() the class cell and the first parameter', () => {
    const text = `
class A(B):
    def __init__(this, x):
        super().__init__(x)
    def each(self):
        return [super().m(i) for i in self]
def f():
    super()
class C:
    def g(self):
        super = print
        super()
`;
    expect(show(text, 'A.__init__')).toBe('(vars this x)\n(do (call (attr (py.super A/__class__ this) __init__) x))');
    expect(show(text, 'A.each.<listcomp>')).toContain('(py.super A/__class__ A.each/self)');
    expect(show(text, 'f')).toBe('(do (call $super))');
    expect(show(text, 'C.g')).toContain('(do (call super))');
    expect(lower(text).classes[0]?.body?.variables.map((v) => [v.name, v.captured])).toEqual([['__class__', true]]);
  });

  it('mangles private names everywhere but in the names shown', () => {
    const module = lower('class _Bank:\n    def __take(self, __n):\n        self.__sum -= f(__k=__n)\n');
    expect(module.functions.map((f) => f.qualifiedName)).toEqual(['<module>', '_Bank', '_Bank.__take']);
    expect(show(module.text, '_Bank')).toBe('(declare ._Bank__take (function #2 __take))');
    expect(show(module.text, '_Bank.__take')).toBe('(vars self _Bank__n)\n(do (-= (attr self _Bank__sum) (call $f _Bank__k=_Bank__n)))');
  });

  it('reports impossible declarations', () => {
    const { problems } = frontEnd.parse('t.py', 'def f():\n    nonlocal nowhere\n    nowhere = 1\nnonlocal x\n');
    expect(problems.map((p) => p.message)).toEqual([
      "no binding for nonlocal 'nowhere' found",
      'nonlocal declaration not allowed at module level',
    ]);
  });
});
