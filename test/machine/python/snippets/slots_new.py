class S:
    __slots__ = ('a',)
s = S(); s.a = 1; print(s.a)
try: s.b = 1
except AttributeError as e: print(e)
class N:
    _i = None
    def __new__(cls, *a):
        if cls._i is None: cls._i = super().__new__(cls)
        return cls._i
    def __init__(self, v): self.v = v
print(N(1) is N(2), N(3).v)
class Meta(type):
    _inst = {}
    def __call__(cls, *a, **k):
        if cls not in cls._inst: cls._inst[cls] = super().__call__(*a, **k)
        return cls._inst[cls]
class Single(metaclass=Meta):
    def __init__(self, x): self.x = x
print(Single(1) is Single(2), Single(5).x, type(Single).__name__)
class Reg(type):
    names = []
    def __new__(m, name, bases, ns): m.names.append(name); return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns): super().__init__(name, bases, ns); cls.tag = name.lower()
class R1(metaclass=Reg): pass
class R2(R1): pass
print(Reg.names, R2.tag)
class Base:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw): super().__init_subclass__(**kw); cls.subs.append((cls.__name__, tag))
class K1(Base, tag='t'): pass
print(Base.subs)
X = type('X', (Base,), {'v': 5}); print(X.v, X().v, X.__name__)
