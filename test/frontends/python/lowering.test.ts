import { describe, expect, it } from 'vitest';
import { printModule } from '../../../src/core/program/print.ts';
import type { Stmt } from '../../../src/core/program/program.ts';
import { pythonIntrinsics } from '../../../src/frontends/python/index.ts';
import { frontEnd, lower, show } from './front-end.ts';

describe('programs', () => {
  it('the stack', () => {
    const text = `import threading
from time import sleep
stack = [2]
def thread1():
    while 1:
        n = stack[0]
        sleep(0.1)
        if n % 2 == 0: del stack[0]
def thread2():
    while 1:
        stack.insert(0, stack[-1] + 1)
if __name__ == '__main__':
    threading.Thread(target=thread1).start(); threading.Thread(target=thread2, args=()).start()
`;
    expect(printModule(lower(text))).toMatchInlineSnapshot(`
      "(module python
        (global threading import constant)
        (global sleep import constant)
        (global stack python constant)
        (global thread1 function constant)
        (global thread2 function constant)
        (module #0 <module> ()
          (import threading [package as $threading])
          (import time [sleep as $sleep])
          (set $stack (list 2n))
          (declare $thread1 (function #1 thread1))
          (declare $thread2 (function #2 thread2))
          (if (compare $__name__ == "__main__")
            (do (call (attr (call (attr $threading Thread) target=$thread1) start)))
            (do (call (attr (call (attr $threading Thread) target=$thread2 args=(tuple)) start)))))
        (function #1 thread1 exported ()
          (vars n:reassigned)
          (while 1n
            (set n (index $stack 0n))
            (do (call $sleep 0.1))
            (if (compare (% n 2n) == 0n)
              (delete (index $stack 0n)))))
        (function #2 thread2 exported ()
          (while 1n
            (do (call (attr $stack insert) 0n (+ (index $stack -1n) 1n))))))
      "
    `);
  });

  it('the ticket server', () => {
    const text = `
class Server:
    def __init__(self):
        self.seats = {}

    def buy(self, seat, user):
        if seat not in self.seats:
            self.seats[seat] = user
            self.sold += 1
            return True
        return False
`;
    expect(printModule(lower(text))).toMatchInlineSnapshot(`
      "(module python
        (global Server class constant)
        (module #0 <module> ()
          (declare $Server (class #0 Server)))
        (classBody #1 Server ()
          (declare .__init__ (function #2 __init__))
          (declare .buy (function #3 buy)))
        (method #2 Server.__init__ of Server ((self))
          (vars self)
          (set (attr self seats) (dict)))
        (method #3 Server.buy exported of Server ((self) (seat) (user))
          (vars self seat user)
          (if (compare seat not in (attr self seats))
            (set (index (attr self seats) seat) user)
            (do (+= (attr self sold) 1n))
            (return true))
          (return false))
        (class #0 Server exported () body #1))
      "
    `);
  });

  it('asyncio', () => {
    const text = `
import asyncio
class Pool:
    conn = None
    async def get(self):
        if self.conn is None:
            self.conn = await connect(*self.args, timeout=1, **self.options)
        async with self.lock, self.other as (a, b):
            async for row in self.conn: yield row
        return_ = [x async for x in gen() if await ok(x)]
asyncio.run(asyncio.gather(*(Pool().get() for _ in range(2))))
`;
    expect(printModule(lower(text))).toMatchInlineSnapshot(`
      "(module python
        (global asyncio import constant)
        (global Pool class constant)
        (module #0 <module> ()
          (import asyncio [package as $asyncio])
          (declare $Pool (class #0 Pool))
          (do (call (attr $asyncio run) (call (attr $asyncio gather) ...(comprehension generator #4 (call $range 2n))))))
        (classBody #1 Pool ()
          (set .conn None)
          (declare .get (function #2 get)))
        (method #2 Pool.get async generator exported of Pool ((self))
          (vars self a b row:reassigned return_)
          (if (compare (attr self conn) is None)
            (set (attr self conn) (await (call $connect ...(attr self args) timeout=1n **(attr self options)))))
          (async with (attr self lock), (attr self other) as [a b]
            (async each row in (attr self conn)
              (do (yield row))))
          (set return_ (comprehension list #3 (call $gen))))
        (comprehension #3 Pool.get.<listcomp> async ((.0))
          (vars .0 x:reassigned)
          (async each x in .0
            (if (await (call $ok x))
              (collect x))))
        (comprehension #4 <genexpr> generator ((.0))
          (vars .0 _:reassigned)
          (each _ in .0
            (do (yield (call (attr (call $Pool) get))))))
        (class #0 Pool exported () body #1))
      "
    `);
  });
});

describe('statements', () => {
  it('assignment in all its forms', () => {
    expect(
      show('a = b = 1\nx, (y, *z) = [p.q, r[0]] = f()\n(w) = 2\nn: int = 3\nm: str\no.p: T = 4\nv |= {1}\nk = yield_ = *a, b'),
    ).toMatchInlineSnapshot(`
      "(set $a $b 1n)
      (set [$x [$y ...$z]] [(attr $p q) (index $r 0n)] (call $f))
      (set $w 2n)
      (set $n 3n)
      (pass)
      (set (attr $o p) 4n)
      (do (|= $v (set 1n)))
      (set $k $yield_ (tuple ...$a $b))"
    `);
  });

  it('loops with else, break and continue', () => {
    expect(
      show('for i, x in enumerate(xs):\n    if x: break\n    continue\nelse:\n    f()\nwhile not done:\n    pass\nelse: g()'),
    ).toMatchInlineSnapshot(`
      "(each [$i $x] in (call $enumerate $xs)
        (if $x
          (break))
        (continue)
        (else
          (do (call $f))))
      (while (not $done)
        (pass)
        (else
          (do (call $g))))"
    `);
  });

  it('elif is a nested if whose span reaches the end', () => {
    const text = 'if a:\n    pass\nelif b:\n    pass\nelse:\n    f()\n';
    expect(show(text)).toMatchInlineSnapshot(`
      "(if $a
        (pass)
        (else
          (if $b
            (pass)
            (else
              (do (call $f))))))"
    `);
    const outer = lower(text).body.body[0] as Extract<Stmt, { kind: 'if' }>;
    const inner = outer.else[0] as Extract<Stmt, { kind: 'if' }>;
    expect([outer, inner].map((s) => text.slice(s.span.start, s.span.end))).toEqual([text.trimEnd(), 'elif b:\n    pass\nelse:\n    f()']);
    expect(text.slice(inner.test.span.start, inner.test.span.end)).toBe('b');
  });

  it('try', () => {
    expect(
      show('try:\n    f()\nexcept (A, B):\n    raise\nexcept C as c:\n    raise X(c) from c\nexcept: pass\nelse: g()\nfinally: h()'),
    ).toMatchInlineSnapshot(`
      "(try
        (do (call $f))
        (catch (tuple $A $B)
          (raise))
        (catch $C as $c
          (try
            (raise (call $X $c) from $c)
            (finally
              (set $c None)
              (delete $c))))
        (catch _
          (pass))
        (else
          (do (call $g)))
        (finally
          (do (call $h))))"
    `);
    expect(show('try: f()\nexcept* E: pass')).toContain('(catch* $E');
  });

  it('with in and out of parentheses', () => {
    expect(
      show('with a, b as c: pass\nwith (a as x, b): pass\nwith (a, b) as t: pass\nwith (\n  f() as y\n): pass\nwith (g()): pass'),
    ).toMatchInlineSnapshot(`
      "(with $a, $b as $c
        (pass))
      (with $a as $x, $b
        (pass))
      (with (tuple $a $b) as $t
        (pass))
      (with (call $f) as $y
        (pass))
      (with (call $g)
        (pass))"
    `);
  });

  it('imports', () => {
    expect(
      show(
        'import a.b, c as d, e.f as g\nfrom .. import h\nfrom ..i.j import (k as l, m,)\nfrom n import *\nfrom . p import q\nfrom __future__ import annotations',
      ),
    ).toMatchInlineSnapshot(`
      "(import a.b [package as $a])
      (import c [module as $d])
      (import e.f [module as $g])
      (import .. [h as $h])
      (import ..i.j [k as $l] [m as $m])
      (import n [*])
      (import .p [q as $q])
      (import __future__ [annotations as $annotations])"
    `);
  });

  it('del, assert, global, raise, type', () => {
    expect(
      show('del a, (b.c, [d[0]])\nassert x, "no"\nraise E\nglobal g\ntype X[T] = list[T]\ntype(x).y = 1\ntype = 3\nprint(type)'),
    ).toMatchInlineSnapshot(`
      "(delete $a (attr $b c) (index $d 0n))
      (assert $x "no")
      (raise $E)
      (pass)
      (set $X "list[T]")
      (set (attr (call $type $x) y) 1n)
      (set $type 3n)
      (do (call $print $type))"
    `);
  });

  it('match', () => {
    expect(
      show('match f(), g:\n    case 0 | -1, "a" if ok: one()\n    case [], _: two()\n    case x, y: three(x, y)\n    case _: four()'),
    ).toMatchInlineSnapshot(`
      "(vars .match .items .or .items~2 .sequence .items~3 .x .y)
      (block
        (set .match (tuple (call $f) $g))
        (if (and (and (and (py.match_sequence .match 2n false) (seq (:= .items (py.match_unpack .match 2n 0n false)) (:= .or (index .items 0n)) (or (compare .or == 0n) (compare .or == -1n)))) (compare (index .items 1n) == "a")) $ok)
          (do (call $one))
          (else
            (if (and (py.match_sequence .match 2n false) (seq (:= .items~2 (py.match_unpack .match 2n 0n false)) (:= .sequence (index .items~2 0n)) (py.match_sequence .sequence 0n false)))
              (do (call $two))
              (else
                (if (and (py.match_sequence .match 2n false) (seq (:= .items~3 (py.match_unpack .match 2n 0n false)) (:= .x (index .items~3 0n)) (:= .y (index .items~3 1n)) true))
                  (set $x .x)
                  (set $y .y)
                  (do (call $three $x $y))
                  (else
                    (do (call $four)))))))))"
    `);
    expect(
      show(
        'match m:\n    case {"k": [a, *_], **rest}: one(a, rest)\n    case Point(0, y=b) as p if b: two(p)\n    case A.B: three()\n    case other: four(other)',
      ),
    ).toMatchInlineSnapshot(`
      "(vars .match .value .sequence .items .a .rest .class .attribute .attribute~2 .b .p .other)
      (block
        (set .match $m)
        (if (and (and (and (py.match_mapping .match 1n) (:= .value (py.match_key .match "k"))) (seq (:= .sequence (index .value 0n)) (py.match_sequence .sequence 1n true))) (seq (:= .items (py.match_unpack .sequence 1n 0n true)) (:= .a (index .items 0n)) (:= .rest (py.match_rest .match (tuple "k"))) true))
          (set $a .a)
          (set $rest .rest)
          (do (call $one $a $rest))
          (else
            (if (and (and (and (and (and (seq (:= .class $Point) (py.match_class .match .class)) (:= .attribute (py.match_positional .match .class 0n 1n))) (:= .attribute~2 (py.match_attr .match "y"))) (compare (index .attribute 0n) == 0n)) (seq (:= .b (index .attribute~2 0n)) (:= .p .match) true)) (seq (:= $b .b) (:= $p .p) $b))
              (do (call $two $p))
              (else
                (if (compare .match == (attr $A B))
                  (do (call $three))
                  (else
                    (do (:= .other .match))
                    (set $other .other)
                    (do (call $four $other)))))))))"
    `);
  });

  it('uses only the intrinsics it lists, and all of them', () => {
    const text = `
class A(B):
    x: int
    def f(self): super().f()
match m:
    case {"k": [a, *_], **rest}: pass
    case Point(0, y=b): pass
`;
    const used = new Set([...printModule(lower(text)).matchAll(/\((py\.\w+)/g)].map((m) => m[1]));
    expect([...used].sort()).toEqual([...pythonIntrinsics].sort());
  });
});

describe('definitions', () => {
  it('parameters of every kind, with defaults evaluated outside', () => {
    const text =
      'def f(a, b: int = c, /, d=(lambda: c), *args: str, e, g: T = 1, **kw) -> "R":\n    pass\ndef h(*, k): pass\nlambda: 0\nlambda x, *y, z=1: (yield)';
    expect(printModule(lower(text))).toMatchInlineSnapshot(`
      "(module python
        (global f function constant)
        (global h function constant)
        (module #0 <module> ()
          (declare $f (function #1 f))
          (declare $h (function #3 h))
          (do (function #4 <lambda>))
          (do (function #5 <lambda>)))
        (function #1 f exported ((pos a) (pos b: "int" = $c) (d = (function #2 <lambda>)) (*args: "str") (key e) (key g: "T" = 1n) (**kw))
          (vars a b d args e g kw)
          (returns "\\"R\\"")
          (pass))
        (lambda #2 <lambda> ()
          (return $c))
        (function #3 h exported ((key k))
          (vars k)
          (pass))
        (lambda #4 <lambda> ()
          (return 0n))
        (lambda #5 <lambda> generator ((x) (*y) (key z = 1n))
          (vars x y z)
          (return (yield))))
      "
    `);
  });

  it('classes, decorators, fields', () => {
    const text = `
@dataclass(frozen=True)
class Account(Base, metaclass=Meta, **options):
    """Doc."""
    owner: str
    balance: "int" = 0
    total = balance
    @property
    @cached
    def rich(self): return total
    @staticmethod
    def make(x): return Account
    class Inner:
        pass
`;
    expect(printModule(lower(text))).toMatchInlineSnapshot(`
      "(module python
        (global Account class constant)
        (module #0 <module> ()
          (declare $Account (class #0 Account)))
        (classBody #1 Account ()
          (do "Doc.")
          (do (py.annotate "owner" "str"))
          (set .balance 0n)
          (do (py.annotate "balance" "\\"int\\""))
          (set .total .balance)
          (declare .rich (function #2 rich))
          (declare .make (function #3 make))
          (declare .Inner (class #1 Inner)))
        (method #2 Account.rich exported of Account ((self))
          (vars self)
          (decorator $property)
          (decorator $cached)
          (return $total))
        (method #3 Account.make static exported of Account ((x))
          (vars x)
          (decorator $staticmethod)
          (return $Account))
        (classBody #4 Account.Inner ()
          (pass))
        (class #0 Account exported ($Base (unsupported "unpacking in the bases of a class") metaclass=$Meta) body #1
          (decorator (call $dataclass frozen=true)))
        (class #1 Account.Inner exported () body #4))
      "
    `);
  });
});

describe('expressions', () => {
  const expression = (text: string): string => show(text).replace(/^\(do ([^]*)\)$/, '$1');

  it.each([
    ['a < b <= c is not d not in e', '(compare $a < $b <= $c is not $d not in $e)'],
    ['not a and b or c', '(or (and (not $a) $b) $c)'],
    ['a if b else c', '(? $b $a $c)'],
    ['-2 ** -x + ~y', '(+ (- (** 2n (- $x))) (~ $y))'],
    ['stack[-1]', '(index $stack -1n)'],
    ['x[1:, ::2, ...]', '(index $x (tuple (slice 1n _ _) (slice _ _ 2n) ...))'],
    ['x[a,]', '(index $x (tuple $a))'],
    ['x[*a.b]', '(index $x (tuple ...(attr $a b)))'],
    ['f(*a.b().c, d, *e or g, k=1, **h)', '(call $f ...(attr (call (attr $a b)) c) $d ...(or $e $g) k=1n **$h)'],
    ['{**a, "b": 1, **{}}', '(dict **$a "b": 1n **(dict))'],
    ['{1, *a}, [*b], (*c,), ()', '(tuple (set 1n ...$a) (list ...$b) (tuple ...$c) (tuple))'],
    ['(x := 1)', '(:= $x 1n)'],
    ['print(1, file=f)', '(call $print 1n file=$f)'],
    ['"a" r"\\n" \'b\'', '"a\\\\nb"'],
    ['b"\\x00a" rb"\\n"', 'b"\\x00a\\x5cn"'],
    ['"\\x41\\101\\u00e9\\U0001F600\\N{EM DASH}\\q\\\n!"', '"AAé😀—\\\\q!"'],
    [
      'f"{a!r:>{w}.{p}}|{{}}|{b = }|{c=:x}|{d=!s}"',
      '(template {$a!r :(template ">" {$w} "." {$p})} "|{}|b = " {$b!r} "|c=" {$c :(template "x")} "|d=" {$d!s})',
    ],
    ['"p" f"{x}" "q{y}"', '(template "p" {$x} "q{y}")'],
    ["f'{d[\"k\"]:%H:%M}' f'{lambda_}' rf'\\d{n}'", '(template {(index $d "k") :(template "%H:%M")} {$lambda_} "\\\\d" {$n})'],
    [
      '0xFF, 0o17, 0b11, 1_000, 10**30, 123456789012345678901234567890',
      '(tuple 255n 15n 3n 1000n (** 10n 30n) 123456789012345678901234567890n)',
    ],
    ['1.5, .5, 1e3, 1_0.0_1, 2j, 1.5J, 00', '(tuple 1.5 0.5 1000 10.01 2j 1.5j 0n)'],
    ['None, True, False, ..., __debug__', '(tuple None true false ... $__debug__)'],
    ['ﬁne + 名前', '(+ $fine $名前)'],
  ])('%s', (text, expected) => {
    expect(expression(text)).toBe(expected);
  });

  it('comprehensions', () => {
    const text = 'def f(rows):\n    return {k: [v for v in vs if v if k] for k, vs in rows for _ in vs}, (x async for x in g(rows))';
    expect(printModule(lower(text))).toMatchInlineSnapshot(`
      "(module python
        (global f function constant)
        (module #0 <module> ()
          (declare $f (function #1 f)))
        (function #1 f exported ((rows))
          (vars rows)
          (return (tuple (comprehension dict #2 rows) (comprehension generator #4 (call $g rows)))))
        (comprehension #2 f.<dictcomp> ((.0))
          (vars .0 k:captured,reassigned vs:reassigned _:reassigned)
          (each [k vs] in .0
            (each _ in vs
              (collect k: (comprehension list #3 vs)))))
        (comprehension #3 f.<dictcomp>.<listcomp> ((.0))
          (vars .0 v:reassigned)
          (each v in .0
            (if v
              (if f.<dictcomp>/k
                (collect v)))))
        (comprehension #4 f.<genexpr> async generator ((.0))
          (vars .0 x:reassigned)
          (async each x in .0
            (do (yield x)))))
      "
    `);
  });

  it('has spans in UTF-16 units', () => {
    const text = '"😀𝒳é"; name\n';
    const statement = lower(text).body.body[1];
    expect(text.slice(statement?.span.start, statement?.span.end)).toBe('name');
  });
});

describe('directives', () => {
  it('reads comments, not strings', () => {
    const text = `x = "# race-replay-disable-next-line lost-update: no"
# race-replay-disable-next-line lost-update, check-then-act: guarded by the caller
# and another comment

x += 1
y = 1  # race-replay-disable-next-line double-init
y = 2
# race-replay-disable-next-line: all of them
y = 3
`;
    expect(lower(text).directives).toEqual([
      { line: 4, rules: ['lost-update', 'check-then-act'], reason: 'guarded by the caller' },
      { line: 6, rules: ['double-init'], reason: '' },
      { line: 8, rules: [], reason: 'all of them' },
    ]);
  });
});

describe('Python 2', () => {
  it('reads print as a call and says so', () => {
    const { module, problems } = frontEnd.parse('old.py', 'print "a", b,\nprint >>f, c\nprint\n');
    expect(problems.map((p) => p.message)).toEqual(Array(2).fill("Missing parentheses in call to 'print' (Python 2); read as print(…)"));
    expect(printModule(module)).toContain('(do (call $print "a" $b end=" "))\n    (do (call $print $c file=$f))\n    (do $print)');
  });

  it('reads except E, e as a binding', () => {
    const { module, problems } = frontEnd.parse('old.py', 'try: f()\nexcept E, e: g(e)\n');
    expect(problems.map((p) => p.message)).toEqual(['multiple exception types must be parenthesized']);
    expect(printModule(module)).toContain('(catch $E as $e');
  });
});
