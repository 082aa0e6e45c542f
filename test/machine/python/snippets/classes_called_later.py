class Own(Exception):
    def __init__(self, *args):
        super().__init__(*args)
        self.size = len(args)
def f():
    raise Own from ValueError(1)
try:
    f()
except Exception as e:
    print(repr(e), repr(e.__cause__))
print(f'<{3:c}>', f'{None:n}' if 0 else 1)
from collections import defaultdict
class A:
    def __init__(self): self.n = 0
    def __repr__(self): return f'A{self.n}'
d = defaultdict(A)
d['x'].n += 1
print(d)
class B:
    def __new__(cls, *a): return super().__new__(cls)
    def __init__(self): self.n = 5
e = defaultdict(B); print(e['q'].n)
class L:
    def __len__(self): return I()
class I(int): pass
print(getattr(A(), 'zz', None))
class P:
    @property
    def make(self): return A
print(P().make().n)
class W:
    make = property(lambda self: (lambda: 3))
    def __bool__(self): return True
print(W().make(), bool(W()))
