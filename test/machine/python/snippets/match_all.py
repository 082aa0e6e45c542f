from dataclasses import dataclass
@dataclass
class P: x: int; y: int
class Q:
    __match_args__ = ('a', 'b')
    def __init__(self, a, b): self.a = a; self.b = b
def m(v):
    match v:
        case 0 | 1: return 'small'
        case int(n) if n < 0: return f'neg {n}'
        case bool(): return 'bool'
        case float() as f: return f'float {f}'
        case 'a' | 'b' as s: return 'ab ' + s
        case str(): return 'str'
        case []: return 'empty'
        case [x]: return f'one {x}'
        case [1, *rest]: return f'1 then {rest}'
        case (a, b, *_, z): return f'{a} {b}..{z}'
        case [P(x=0), y]: return f'P0 {y}'
        case {'type': 'k', 'v': [h, *t], **rest}: return f'k {h} {t} {rest}'
        case {'only': None}: return 'only none'
        case {}: return 'mapping'
        case P(0, y): return f'on y {y}'
        case P(x=x, y=y) if x == y: return f'diag {x}'
        case P(): return 'P'
        case Q(a, b=[c, _]): return f'Q {a} {c}'
        case None: return 'none'
        case _: return 'other'
for v in [0, 1, -5, 7, True, 2.5, 'a', 'zz', [], [9], [1, 2, 3], (4, 5, 6, 7), [P(0, 1), 3], {'type': 'k', 'v': [1, 2], 'e': 1}, {'only': None}, {'q': 1}, P(0, 4), P(3, 3), P(1, 2), Q(1, [2, 3]), Q(1, 2), None, {1, 2}, b'x', range(2), (1,)]:
    print(repr(v) if not isinstance(v, Q) else 'Q', '->', m(v))
def cmd(s):
    match s.split():
        case ['go', ('north' | 'south') as d]: return 'go ' + d
        case ['get', *items] if items: return 'get ' + ','.join(items)
        case ['quit']: return 'q'
        case [cmd, *_]: return '? ' + cmd
        case _: return 'nothing'
print([cmd(s) for s in ['go north', 'go west', 'get a b', 'get', 'quit', '']])
match ([1, 2], {'a': (3, [4])}):
    case [[a, b], {'a': (c, [d])}]: print(a, b, c, d)
match 5:
    case x: print('bound', x)
print(x)
try:
    match P(1, 2):
        case P(1, 2, 3): pass
except TypeError as e: print(e)
