import functools
def deco(f):
    @functools.wraps(f)
    def w(*a, **k):
        print('call', f.__name__)
        return f(*a, **k)
    return w
def param(n):
    def d(f): return lambda *a: [f(*a)] * n
    return d
@deco
def add(a, b): 'doc'; return a + b
@param(2)
@deco
def one(): return 1
print(add(1, 2), add.__name__, add.__doc__, one(), add.__wrapped__(1, 1))
class Memo:
    def __init__(self, f): self.f = f; self.c = {}
    def __call__(self, n):
        if n not in self.c: self.c[n] = self.f(n)
        return self.c[n]
@Memo
def sq(n): print('compute'); return n * n
print(sq(3), sq(3))
