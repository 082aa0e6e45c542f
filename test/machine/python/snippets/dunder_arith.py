class V:
    def __init__(s, x): s.x = x
    def __sub__(s, o): return NotImplemented
    def __rsub__(s, o): return 'rsub'
    def __mul__(s, o): return V(s.x * o)
    __rmul__ = __mul__
    def __matmul__(s, o): return 'mat'
    def __pow__(s, o): return 'pow'
    def __truediv__(s, o): return 'div'
    def __floordiv__(s, o): return 'fdiv'
    def __mod__(s, o): return 'mod'
    def __lshift__(s, o): return 'ls'
    def __and__(s, o): return 'and'
    def __or__(s, o): return 'or'
    def __invert__(s): return 'inv'
    def __abs__(s): return 'abs'
    def __int__(s): return 7
    def __float__(s): return 1.5
    def __index__(s): return 2
    def __round__(s, n=None): return 'rnd'
    def __format__(s, spec): return f'fmt[{spec}]'
    def __eq__(s, o): return s.x == getattr(o, 'x', o)
    def __le__(s, o): return s.x <= o.x
    def __divmod__(s, o): return 'dm'
    def __reversed__(s): return iter([9])
v = V(3)
print(5 - v, (v * 2).x, (2 * v).x, v @ v, v ** 2, v / 1, v // 1, v % 1, v << 1, v & 1, v | 1, ~v, abs(v), int(v), float(v), round(v), f'{v:abc}', format(v), v == 3, v != 3, v <= V(4), v >= V(2), divmod(v, 1), list(reversed(v)))
try: v - 1
except TypeError as e: print(e)
try: v + 1
except TypeError as e: print(e)
try: hash(v)
except TypeError as e: print(e)
try: v < v
except TypeError as e: print(e)
