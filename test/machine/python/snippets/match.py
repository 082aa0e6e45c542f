def m(v):
    match v:
        case 0: return 'zero'
        case 1 | 2: return 'small'
        case str() as s if s: return 's ' + s
        case [a, b]: return f'pair {a} {b}'
        case [a, *rest]: return f'list {a} {rest}'
        case {'k': x, **r}: return f'dict {x} {r}'
        case Pt(x=0, y=y): return f'Y {y}'
        case Pt(x, y): return f'P {x} {y}'
        case None: return 'none'
        case int(n): return f'int {n}'
        case _: return 'other'
class Pt:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x = x; self.y = y
for v in [0, 2, 'q', [1, 2], [1, 2, 3], [5], {'k': 1, 'z': 2}, Pt(0, 5), Pt(1, 2), None, 77, 3.5, (8, 9), ()]: print(m(v))
