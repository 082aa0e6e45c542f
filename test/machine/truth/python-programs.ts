/**
 * Random Python functions over a few variables of known kinds: control flow with finalizers in random
 * nesting, generators that are sent to, thrown into and closed, comprehensions, patterns, formats, slices,
 * containers and classes. Every program prints what it does and how each call ended.
 */
import fc from 'fast-check';

const number = fc.constantFrom(
  '0',
  '1',
  '2',
  '3',
  '-1',
  '7',
  'n',
  'k',
  'len(xs)',
  'len(s)',
  'n + k',
  'n * 2',
  'n // 2',
  'n % 3',
  '-n',
  'n - 1',
);
const text = fc.constantFrom(
  "''",
  "'a'",
  "'b,c'",
  "'Hello World'",
  "' x '",
  's',
  't',
  's + t',
  's * 2',
  'str(n)',
  's[::-1]',
  's.upper()',
  "f'{n:>3}'",
);
const list = fc.constantFrom(
  '[]',
  '[1]',
  '[3, 1, 2]',
  'xs',
  'xs[1:]',
  'xs[::-1]',
  'xs + [n]',
  'list(range(4))',
  'sorted(xs)',
  '[n, k]',
  'list(s)',
);
const table = fc.constantFrom(
  '{}',
  "{'a': 1}",
  "{'a': 1, 'b': 2}",
  'd',
  "d | {'z': n}",
  '{i: i * n for i in range(3)}',
  '{**d, n: k}',
  'dict(zip(s, xs))',
);
const set = fc.constantFrom(
  'set()',
  '{1, 2}',
  '{n}',
  'set(xs)',
  'st',
  'st | {n}',
  'st & {1, 2, 3}',
  'st - {k}',
  'st ^ {1}',
  'frozenset(xs)',
);
const spec = fc.constantFrom(
  '',
  ':5',
  ':<5',
  ':^7',
  ':05d',
  ':+',
  ':,',
  ':x',
  ':b',
  ':.2f',
  ':e',
  ':%',
  '!r',
  '!s:>6',
  '!r:^9',
  ':_>4',
  ':#x',
  ':c',
  ':.3',
  ':n',
);
const index = fc.constantFrom('0', '1', '-1', '5', 'n', 'k', '-2');
const bound = fc.constantFrom('', '0', '1', '-1', '2', 'n', '-3', '9');
const step = fc.constantFrom('', ':', ':2', ':-1', ':-2', ':n', ':0');
const slice = fc.tuple(bound, bound, step).map(([i, j, k]) => `${i}:${j}${k}`);
const condition = fc.constantFrom(
  'n',
  'n > 1',
  'n == k',
  'xs',
  's',
  'not d',
  "'a' in d",
  'n in xs',
  's in t',
  'n < k < 5',
  'n is None',
  'st',
  'isinstance(n, int)',
  'n and k',
  'n or s',
  'any(xs)',
  'all(xs)',
);
const stringMethod = fc.constantFrom(
  'split()',
  "split(',')",
  "split('l', 1)",
  'rsplit(None, 1)',
  'strip()',
  "strip('a')",
  "lstrip(' H')",
  'title()',
  'capitalize()',
  'swapcase()',
  "replace('a', 'zz')",
  "replace('l', '', 1)",
  "find('o')",
  "rfind('l')",
  "index('q')",
  "count('l')",
  "startswith('He')",
  "endswith(('d', 'x'))",
  "partition(',')",
  "rpartition('o')",
  'center(9)',
  "ljust(7, '.')",
  'zfill(5)',
  "join(['x', 'y'])",
  'isdigit()',
  'isalpha()',
  'islower()',
  'splitlines()',
  "removeprefix('Hel')",
  'casefold()',
  "translate({97: 'A', 98: None})",
  'encode()',
  'format(n, k=k)',
  'expandtabs(3)',
  'isidentifier()',
);
const listMethod = fc.constantFrom(
  'append(n)',
  'extend([n, k])',
  'insert(1, n)',
  'insert(-1, k)',
  'pop()',
  'pop(0)',
  'pop(n)',
  'remove(1)',
  'index(1)',
  'index(2, 1)',
  'count(1)',
  'sort()',
  'sort(reverse=True)',
  'sort(key=lambda v: -v)',
  'sort(key=str)',
  'reverse()',
  'clear()',
  'copy()',
);
const dictMethod = fc.constantFrom(
  "get('a')",
  "get('q', n)",
  "pop('a')",
  "pop('q', None)",
  'popitem()',
  "setdefault('a', 9)",
  "setdefault('w', n)",
  'update(a=5)',
  "update([('u', 1)])",
  'keys()',
  'values()',
  'items()',
  'copy()',
  'clear()',
  "keys() & {'a'}",
  "keys() | ['z']",
  "items() - {('a', 1)}",
  '__contains__(n)',
);
const setMethod = fc.constantFrom(
  'add(n)',
  'discard(1)',
  'remove(1)',
  'union([9])',
  'issubset({1, 2, 3})',
  'isdisjoint([4])',
  'update({5}, [6])',
  'intersection([1])',
  'difference({2})',
  'symmetric_difference([1, 7])',
);

const value: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(number, text, list, table, set, fc.constantFrom('None', 'True', '1.5', '-0.25', '10**18', '(1, n)', '(n,)', "b'ab'")),
    fc.tuple(list, index).map(([x, i]) => `${x}[${i}]`),
    fc.tuple(fc.oneof(list, text, fc.constant('(1, 2, 3, 4, 5)'), fc.constant('range(9)')), slice).map(([x, i]) => `(${x})[${i}]`),
    fc.tuple(table, fc.constantFrom("'a'", 'n', "'q'")).map(([x, i]) => `(${x})[${i}]`),
    fc.tuple(text, stringMethod).map(([x, f]) => `(${x}).${f}`),
    fc.tuple(fc.constantFrom('n', 'k', 's', '1234567', '-5', '3.14159', 'None', 'xs', 'True'), spec).map(([x, f]) => `f'<{${x}${f}}>'`),
    fc.tuple(list, condition, tie('e')).map(([x, c, e]) => `[${e} for v in ${x} if ${c}]`),
    fc.tuple(list, list).map(([x, y]) => `[(a, b) for a in ${x} for b in ${y} if a != b][:4]`),
    fc.tuple(list, tie('e')).map(([x, e]) => `{str(v): ${e} for v in ${x}}`),
    list.map((x) => `sorted({v for v in ${x}}, key=str)`),
    list.map((x) => `[[w for w in range(v)] for v in ${x} if isinstance(v, int) and v < 4]`),
    list.map((x) => `sum(v for v in ${x} if isinstance(v, int))`),
    fc.tuple(tie('e'), condition, tie('e')).map(([x, c, y]) => `(${x} if ${c} else ${y})`),
    fc
      .tuple(tie('e'), fc.constantFrom('+', '-', '*', '//', '%', '/', '**', '<', '==', 'in', '|', '&', 'and', 'or', 'is'), tie('e'))
      .map(([x, o, y]) => (o === '**' ? `(n ** ${'2'})` : `(${x} ${o} ${y})`)),
    fc
      .tuple(
        fc.constantFrom(
          'len',
          'sorted',
          'list',
          'tuple',
          'str',
          'repr',
          'bool',
          'max',
          'min',
          'abs',
          'reversed',
          'enumerate',
          'set',
          'type',
          'hash',
          'int',
          'iter',
          'callable',
        ),
        tie('e'),
      )
      .map(([f, x]) =>
        f === 'hash' || f === 'set' || f === 'iter'
          ? `len(str(${x})) > 0`
          : f === 'reversed' || f === 'enumerate'
            ? `list(${f}(${x}))`
            : `${f}(${x})`,
      ),
    fc.tuple(tie('e'), tie('e')).map(([x, y]) => `(lambda a, b=${x}, *c: (a, b, c))(${y})`),
    fc.constantFrom(
      '[*xs, *s]',
      '(y := n + 1)',
      'list(zip(xs, s))',
      'list(map(str, xs))',
      'list(filter(None, xs))',
      "'-'.join(map(str, xs))",
      "'%s|%5d|%-4s|%x' % (s, n, t, 255)",
      "'{0} {1!r:>4} {k}'.format(n, s, k=k)",
      'divmod(n, k)',
      'round(n / 3, 2)',
      'isinstance(n, (str, int))',
      'Point(n, k)',
      'Point(n, k) == Point(k, n)',
      'Point(1, n) < Point(1, k)',
      'P3(n, k, s)',
      'Box(n) + Box(k)',
      'Box(n)[k]',
      'len(Box(n))',
      'Box(n) == n',
      'bool(Box(n))',
      '[b for b in Box(n)]',
      'n in Box(n)',
      'Color(n)',
      "Color['RED']",
      'Color.RED.value',
      'list(Color)',
    ),
  ),
})).e;

const indent = (lines: readonly string[]): string[] => lines.map((l) => `    ${l}`);

const { body } = fc.letrec<{ statement: string[]; block: string[]; body: string[] }>((tie) => {
  const block = tie('block').map(indent);
  return {
    statement: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      value.map((v) => [`p(${v})`]),
      fc
        .oneof(
          number.map((v) => `n = ${v}`),
          number.map((v) => `k = ${v}`),
          text.map((v) => `s = ${v}`),
          list.map((v) => `xs = ${v}`),
          table.map((v) => `d = ${v}`),
          set.map((v) => `st = set(${v})`),
        )
        .map((l) => [l]),
      fc
        .oneof(
          listMethod.map((f) => `p(xs.${f}, xs)`),
          dictMethod.map((f) => `p(d.${f}, d)`),
          setMethod.map((f) => `p(st.${f}, len(st))`),
        )
        .map((l) => [l]),
      fc.tuple(slice, list).map(([i, v]) => [`xs[${i}] = ${v}`, 'p(xs)']),
      fc
        .tuple(fc.constantFrom('n', 'k', 's', 'xs', 'd', 'st'), fc.constantFrom('+=', '-=', '//=', '|=', '%='), value)
        .map(([x, o, v]) => [`${x} ${o} ${v}`, `p(${x} if not isinstance(${x}, (set, frozenset)) else len(${x}))`]),
      fc.constantFrom('n', 'k', 's', 'xs', 'st', 'd').map((x) => [`${x} *= 2 if turn() and turns < 9 else 1`, `p(type(${x}))`]),
      fc.constantFrom<string[]>(
        ['del xs[0]'],
        ["del d['a']"],
        ["d['a'] = n"],
        ['xs[n] = k'],
        ['n, k = k, n'],
        ['n, *rest = xs', 'p(n, rest)'],
        ['(n, k), s = xs[:2], t'],
        ['break_ = [n, k] = xs[:2]'],
        ['a = b = [n]', 'a.append(k)', 'p(a is b, b)'],
        ['raise ValueError(n)'],
        ['raise KeyError(s)'],
        ['raise Own(n, s)'],
        ['raise Own from ValueError(k)'],
        ['raise Own(1) from None'],
        ['assert n > 1, n'],
        ['return n'],
        ['return'],
        ['return (s, xs)'],
        ['p(_undefined)'],
        ['p(late)', 'late = 1'],
        ['for c in s:', '    p(c)', '    if c == "l":', '        break', 'else:', '    p("no break")'],
        ['it = iter(xs)', 'p(next(it, "none"), list(it))'],
        ['g = gen(n)', 'p(next(g), g.send(k), g.send(s))', 'p(next(g, "end"))', 'g.close()'],
        ['g = gen(n)', 'next(g)', 'try:', '    p(g.throw(ValueError(k)))', 'finally:', '    g.close()', '    p(list(g))'],
        ['g = gen(n)', 'p(next(g))', 'try:', '    p(g.throw(KeyError, "thrown"))', 'finally:', '    g.close()'],
        ['for v in gen(3):', '    p("got", v)', '    if v > 1:', '        return v'],
        ['p(list(deleg(n)))'],
        ['x = yield_all(xs)', 'p(next(x), x.send(n), [*x])'],
        ['@twice', 'def inner(a, *, key=n):', '    nonlocal k', '    k += 1', '    return a + key', 'p(inner(1), inner(2, key=5), k)'],
        [
          'def inner(a, /, b=k, *args, c, **kw):',
          '    return a, b, args, c, kw',
          'p(inner(1, c=2), inner(1, 2, 3, c=4, z=5))',
          'inner(a=1, c=2)',
        ],
        [
          'funcs = [lambda i=i: i * n for i in range(3)]',
          'p([f() for f in funcs])',
          'funcs = [lambda: i for i in range(3)]',
          'p([f() for f in funcs])',
        ],
        [
          'b = Box(n)',
          'b.n += 1',
          'b.extra = s',
          'p(b, b.double, vars(b), hasattr(b, "zz"), getattr(b, "zz", None))',
          'b.double = 8',
          'p(b.n)',
          'b.ro = 1',
        ],
        [
          'b = Sub(n, s)',
          'p(b, b.who(), Sub.make(k), b.kind(), isinstance(b, Box), Sub.__mro__[1].__name__, b.count >= 0)',
          'b.missing_attribute',
        ],
        ['global counter', 'counter += 1', 'p(counter)'],
      ),
      fc.tuple(condition, block, block).map(([c, a, b]) => [`if ${c}:`, ...a, 'else:', ...b]),
      fc.tuple(list, block).map(([x, b]) => [`for n in ${x}:`, ...b]),
      fc
        .tuple(block, fc.constantFrom('continue', 'break', 'p("go on")'))
        .map(([b, c]) => ['i = 0', 'while i < 2 and turn():', '    i += 1', ...b, `    if n != 1: ${c}`, 'else:', '    p("loop over")']),
      fc
        .tuple(block, fc.constantFrom('ValueError', 'KeyError', '(TypeError, IndexError)', 'Exception', 'Own', 'LookupError'), block)
        .map(([b, c, h]) => ['try:', ...b, `except ${c} as e:`, '    p("caught", repr(e), repr(e.__context__), repr(e.__cause__))', ...h]),
      fc.tuple(block, block).map(([b, f]) => ['try:', ...b, 'finally:', '    p("finally", n)', ...f]),
      fc
        .tuple(block, block, block, block)
        .map(([b, h, o, f]) => ['try:', ...b, 'except ValueError:', ...h, 'else:', '    p("else")', ...o, 'finally:', ...f]),
      fc
        .tuple(block, fc.constantFrom('break', 'continue', 'pass', 'return k'))
        .map(([b, c]) => [
          'for i in range(2):',
          '    try:',
          ...indent(b),
          '    finally:',
          '        p("leaving", i)',
          `        if n == 1: ${c}`,
        ]),
      fc
        .tuple(block, fc.constantFrom('raise', 'raise Own(k)', 'raise TypeError("t") from e', 'pass'))
        .map(([b, r]) => ['try:', ...b, 'except Exception as e:', `    ${r}`]),
      fc
        .tuple(fc.constantFrom('Ctx("a")', 'Ctx("b", True)', 'Ctx("a"), Ctx("c", True)', 'managed(n)', 'managed(n) as m'), block)
        .map(([c, b]) => [`with ${c}:`, ...b]),
      fc
        .tuple(fc.constantFrom('n', 's', 'xs', 'd', '(n, k)', 'Point(n, k)', '[n, [k, s]]', 'Color.RED'), block, block)
        .map(([v, a, b]) => [
          `match ${v}:`,
          '    case 0 | 1: p("small")',
          '    case int(q) if q > 2:',
          '        p("big", q)',
          ...indent(a),
          '    case str(q): p("text", q)',
          '    case []: p("empty")',
          '    case [q]: p("one", q)',
          '    case [q, [r, _]]: p("nested", q, r)',
          '    case [1, *rest] if k: p("from one", rest)',
          '    case (q, r): p("pair", q, r)',
          '    case [q, *rest]: p("many", q, rest)',
          '    case {"a": q, **rest}: p("a", q, rest)',
          '    case Point(x=0): p("on the axis")',
          '    case Point(x, y) if x == y: p("diagonal", x)',
          '    case Color.RED: p("red")',
          '    case _:',
          '        p("other")',
          ...indent(b),
        ]),
    ),
    block: fc.array(tie('statement'), { minLength: 1, maxLength: 2 }).map((s) => s.flat()),
    body: fc.array(tie('statement'), { minLength: 2, maxLength: 6 }).map((s) => s.flat()),
  };
});

const beginning = `import enum
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple


def show(v):
    # The order of a set of texts differs from run to run.
    if isinstance(v, (set, frozenset)):
        return sorted(map(repr, v))
    if type(v) in (list, tuple):
        return type(v)([show(x) for x in v])
    return {k: show(x) for k, x in v.items()} if type(v) is dict else v


def p(*values):
    print(*map(show, values))


def turn():
    global turns
    turns += 1
    if turns > 40:
        raise RuntimeError("too long")
    return True


class Own(Exception):
    def __init__(self, *args):
        super().__init__(*args)
        self.size = len(args)


class Ctx:
    def __init__(self, name, swallows=False):
        self.name = name
        self.swallows = swallows

    def __enter__(self):
        p("enter", self.name)
        return self

    def __exit__(self, cls, e, tb):
        p("exit", self.name, cls and cls.__name__, e)
        return self.swallows


@contextmanager
def managed(v):
    p("open", v)
    try:
        yield v
    except KeyError as e:
        p("swallowed", e)
    finally:
        p("close", v)


def gen(n):
    try:
        for i in range(n + 1):
            try:
                x = yield i
                p("sent", x)
            except ValueError as e:
                p("inside", e)
                yield "handled"
    except GeneratorExit:
        p("closing")
        raise
    finally:
        p("generator over")


def deleg(n):
    r = yield from inner_gen(n)
    yield ("returned", r)
    yield from (i * 10 for i in range(2))


def inner_gen(n):
    yield n
    if n == 2:
        raise Own("from inside")
    return n * 2


def yield_all(xs):
    for x in xs:
        got = yield x
        if got is not None:
            yield ("echo", got)


def twice(f):
    def call(*args, **kwargs):
        return (f(*args, **kwargs), f(*args, **kwargs))
    return call


@dataclass(order=True)
class Point:
    x: int
    y: int = 0


class P3(NamedTuple):
    a: int
    b: int = 2
    c: str = "z"


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Box:
    count = 0

    def __init__(self, n):
        self.n = n
        Box.count += 1

    @property
    def double(self):
        return self.n * 2

    @double.setter
    def double(self, v):
        self.n = v // 2

    @property
    def ro(self):
        return 1

    def __add__(self, other):
        return Box(self.n + other.n) if isinstance(other, Box) else NotImplemented

    def __getitem__(self, i):
        if i > 2:
            raise IndexError(i)
        return self.n * i

    def __len__(self):
        return 3

    def __eq__(self, other):
        return self.n == (other.n if isinstance(other, Box) else other)

    def __repr__(self):
        return f"{type(self).__name__}({self.n})"

    @classmethod
    def make(cls, n):
        return cls(n)

    @staticmethod
    def kind():
        return "box"

    def who(self):
        return "box " + str(self.n)


class Sub(Box):
    def __init__(self, n, name="none"):
        super().__init__(n)
        self.name = name

    def who(self):
        return "sub " + super().who()

    def __getattr__(self, name):
        raise AttributeError(f"no {name} here")


counter = 0
turns = 0
`;

/** The text of a module that calls a random function with several arguments. */
export const pythonProgram: fc.Arbitrary<string> = body.map(
  (lines) => `${beginning}

def f(n, k, s, t, xs, d, st):
    y = 0
${indent(lines).join('\n')}
    return ("end", n, k, s, xs, d, len(st), y)


for args in [(1, 2, "a", "abc", [1, 2, 3], {"a": 1}, {1, 2}), (3, 0, "Hello", "", [], {}, set()), (2, 2, "b,c", "x", [2, "q", None], {"a": [1], 2: 3}, {3})]:
    try:
        p("returned", f(*args))
    except Exception as e:
        p("raised", type(e).__name__, e, repr(e.__context__), e.__suppress_context__)
`,
);
