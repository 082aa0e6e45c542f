from typing import Generic, TypeVar, Protocol, Optional, Callable, Any, overload, NamedTuple, TypedDict, runtime_checkable, Literal, Annotated, cast, get_type_hints
from abc import ABC, abstractmethod, ABCMeta
import operator, copy, math
T = TypeVar('T'); K = TypeVar('K')
class Stack(Generic[T]):
    def __init__(self) -> None: self._items: list[T] = []
    def push(self, x: T) -> 'Stack[T]': self._items.append(x); return self
    def pop(self) -> T: return self._items.pop()
    def __len__(self): return len(self._items)
s: Stack[int] = Stack[int](); s.push(1).push(2); print(s.pop(), len(s))
class Repo(ABC):
    @abstractmethod
    def get(self, k): ...
    @property
    @abstractmethod
    def size(self): ...
    def describe(self): return f'{type(self).__name__} of {self.size}'
class Mem(Repo):
    def __init__(self): self.d = {'a': 1}
    def get(self, k): return self.d.get(k)
    @property
    def size(self): return len(self.d)
print(Mem().describe(), Mem().get('a'))
try: Repo()
except TypeError as e: print(e)
@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...
print(isinstance([], HasLen), isinstance(5, HasLen))
class Emp(NamedTuple):
    name: str
    id: int = 3
    def tag(self): return f'{self.name}#{self.id}'
e = Emp('bob'); print(e, e.tag(), e._replace(id=9), Emp._field_defaults, e == ('bob', 3))
class Opts(TypedDict, total=False):
    debug: bool
o: Opts = {'debug': True}; print(o, type(o).__name__, cast(int, 'x'))
class Vec:
    __slots__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return Vec(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return Vec(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self): return Vec(-self.x, -self.y)
    def __abs__(self): return math.hypot(self.x, self.y)
    def __eq__(self, o): return isinstance(o, Vec) and (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __repr__(self): return f'Vec({self.x}, {self.y})'
    def __iter__(self): yield self.x; yield self.y
    def __bool__(self): return bool(self.x or self.y)
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __iadd__(self, o): self.x += o.x; self.y += o.y; return self
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __format__(self, spec): return f'<{self.x:{spec}}, {self.y:{spec}}>' if spec else repr(self)
    def __contains__(self, v): return v in (self.x, self.y)
    def __call__(self, k): return self * k
    def __copy__(self): return Vec(self.x, self.y)
v = Vec(3, 4); w = v; w += Vec(1, 1); print(v, w is v, abs(Vec(3, 4)), 2 * v, -v, v @ Vec(1, 2), f'{v:.1f} {v}', list(v), 4 in v, v(2), bool(Vec(0, 0)), {Vec(1, 2): 'k'}[Vec(1, 2)], copy.copy(v) == v, v[0], [*v])
a, b = v; print(a, b, max([Vec(1, 1), Vec(0, 5)], key=abs), sum([Vec(1, 1), Vec(2, 2)], Vec(0, 0)), sorted([Vec(3, 0), Vec(1, 0)], key=operator.attrgetter('x')))
try: v.z = 1
except AttributeError as e: print(e)
try: v + 1
except AttributeError as e: print(e)
class Desc:
    def __set_name__(self, owner, name): self.name = '_' + name
    def __get__(self, o, cls): return self if o is None else getattr(o, self.name, 'unset')
    def __set__(self, o, v):
        if not isinstance(v, int): raise TypeError(f'{self.name[1:]} must be int')
        setattr(o, self.name, v)
    def __delete__(self, o): delattr(o, self.name)
class Acc:
    bal = Desc()
    def __getattr__(self, n):
        if n.startswith('get_'): return lambda: n[4:]
        raise AttributeError(n)
    def __setattr__(self, n, v): object.__setattr__(self, n, v)
    def __init_subclass__(cls, kind=None, **k): super().__init_subclass__(**k); cls.kind = kind
    def __class_getitem__(cls, k): return f'{cls.__name__}[{k}]'
    def __del__(self): pass
class Sub(Acc, kind='special'): pass
acc = Sub(); print(acc.bal, Sub.kind, Acc['x'], acc.get_foo(), hasattr(acc, 'nope')); acc.bal = 5; print(acc.bal, vars(acc)); del acc.bal; print(acc.bal)
try: acc.bal = 'x'
except TypeError as e: print(e)
class A:
    def hi(self): return 'A'
class B(A):
    def hi(self): return 'B' + super().hi()
class C(A):
    def hi(self): return 'C' + super().hi()
class D(B, C):
    def hi(self): return 'D' + super().hi()
print(D().hi(), [c.__name__ for c in D.__mro__], issubclass(D, A), D.__bases__ == (B, C), D.__name__, D.__qualname__, D.__module__)
try: type('X', (A, B), {})
except TypeError as e: print(str(e).split('\n')[0])
print(type('Dyn', (A,), {'x': 1, 'f': lambda self: self.x})().f(), callable(A), isinstance(A, type), A.__dict__.get('hi') is A.hi, getattr(D(), 'hi')(), D.hi is not None)
deep = copy.deepcopy({'a': [1, {2, 3}], 'v': v}); print(deep['a'], deep['v'] == v, deep['v'] is v)
print(operator.itemgetter(1, 0)('ab'), operator.methodcaller('upper')('x'), operator.add(1, 2), (lambda *a, **k: (a, k))(1, *[2], **{'z': 3}))
def outer():
    x = 0
    def inc(): nonlocal x; x += 1; return x
    def get(): return x
    return inc, get
i, g = outer(); i(); i(); print(g(), i.__closure__ is not None, outer.__name__, i.__qualname__)
print([f(2) for f in [lambda x, n=n: x + n for n in range(3)]], (lambda: (yield))().__class__.__name__, [(x, y) for x in range(3) if x for y in range(x)], {**{'a': 1}, 'b': 2}, [*range(2), *'ab'], print.__class__.__name__)
x = 10
def scope():
    try: print(x)
    except UnboundLocalError as e: print(e)
    x = 5
scope()
def kw(a, /, b, *, c=3, **d): return (a, b, c, d)
print(kw(1, 2), kw(1, b=2, c=4, e=5))
for bad in [lambda: kw(a=1, b=2), lambda: kw(1), lambda: kw(1, 2, 3)]:
    try: bad()
    except TypeError as e: print(e)
if (n := len('abc')) > 2: print(n)
print(1 if [] else 2, not [] and 'x', 0 or None or 'z', 3 < 5 < 4, 1 == 1.0 is True if False else 'k', [1, 2] < [1, 3], (1, 'a') == (1, 'a'), 'a' 'b', -7 // 2, -7 % 3, 2 ** 3 ** 0, ~5, 5 ^ 3, 1 << 4, 0xff, 1e3, 10 // 3 * 3 + 10 % 3)
del x
try: x
except NameError as e: print(e)
assert True, 'never'
try: assert [] , 'empty'
except AssertionError as e: print('assert', e)
