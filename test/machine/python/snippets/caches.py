from collections import OrderedDict
from functools import lru_cache, cache, cached_property, partial, reduce, wraps, total_ordering, partialmethod, cmp_to_key
import threading
class LRU:
    def __init__(self, cap): self.cap = cap; self.d = OrderedDict(); self.lock = threading.Lock(); self.hits = self.misses = 0
    def get(self, k, make):
        with self.lock:
            if k in self.d:
                self.hits += 1; self.d.move_to_end(k); return self.d[k]
            self.misses += 1
            v = self.d[k] = make(k)
            if len(self.d) > self.cap: print('evict', self.d.popitem(last=False))
            return v
    def __len__(self): return len(self.d)
    def __repr__(self): return f'{self.__class__.__name__}({list(self.d)!r})'
c = LRU(2)
for k in 'abacab': c.get(k, str.upper)
print(c, len(c), c.hits, c.misses)
@lru_cache(maxsize=2)
def f(x, y=1): print('calc', x, y); return x + y
f(1); f(1); f(1, y=1); f(2); f(3); print(f.cache_info(), f.__wrapped__(5)); f.cache_clear(); print(f.cache_info())
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(30), fib.cache_info().hits > 0, f.cache_parameters())
class P:
    def __init__(self): self.n = 0
    @cached_property
    def v(self): self.n += 1; return self.n * 10
    def m(self, a, b=2): return (a, b)
    m5 = partialmethod(m, 5)
p = P(); print(p.v, p.v, p.n, 'v' in p.__dict__); del p.v; print(p.v, p.m5(), p.m5(b=3))
g = partial(int, base=2); print(g('101'), g.func is int, g.args, g.keywords, partial(f, 1).args)
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], 'init'))
try: reduce(max, [])
except TypeError as e: print(e)
@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(V(1) <= V(2), V(2) > V(1), V(1) >= V(2), sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
def deco(fn):
    @wraps(fn)
    def inner(*a, **k): return fn(*a, **k)
    inner.calls = 0
    return inner
@deco
def named(a: int) -> str:
    "doc here"
    return str(a)
print(named.__name__, named.__doc__, named.__wrapped__.__name__, named.calls, named.__annotations__ if False else '')
try: f([])
except TypeError as e: print(e)
