class T:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x * 10
    @v.deleter
    def v(self): print('deleted')
    @staticmethod
    def s(a): return a
    @classmethod
    def c(cls, a): return cls.__name__, a
    @property
    def ro(self): return 5
t = T(); t.v = 3; print(t.v, T.s(1), t.s(2), T.c(1), t.c(2)); del t.v
try: t.ro = 1
except AttributeError as e: print(e)
t.v += 1; print(t.v)
