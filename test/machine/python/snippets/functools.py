from functools import lru_cache, partial, reduce, cached_property, total_ordering, cmp_to_key, cache
calls = []
@lru_cache(maxsize=2)
def f(x): calls.append(x); return x * 2
print(f(1), f(1), f(2), f(3), f(1), calls, f.cache_info())
@cache
def fact(n): return n * fact(n - 1) if n else 1
print(fact(20), partial(int, base=2)('101'), reduce(lambda a, b: a + b, [1, 2, 3], 10), reduce(max, [3, 9, 2]))
class C:
    @cached_property
    def v(self): print('once'); return 5
c = C(); print(c.v, c.v, c.__dict__)
@total_ordering
class T:
    def __init__(s, n): s.n = n
    def __eq__(s, o): return s.n == o.n
    def __lt__(s, o): return s.n < o.n
print(T(1) <= T(2), T(2) > T(1), T(1) >= T(2), sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
