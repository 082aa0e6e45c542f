from dataclasses import dataclass, field, asdict, astuple, replace, fields, is_dataclass, InitVar, make_dataclass
from typing import ClassVar, Optional, List
import dataclasses
@dataclass(order=True)
class Item:
    price: float
    name: str = field(compare=False)
    tags: list = field(default_factory=list, repr=False)
    count: ClassVar[int] = 0
    def __post_init__(self): Item.count += 1
a, b = Item(2.5, 'b'), Item(1.0, 'a', ['x'])
print(a, b, a > b, sorted([a, b])[0].name, Item.count, asdict(b), astuple(a), a == Item(2.5, 'zzz'))
@dataclass(frozen=True)
class Pt:
    x: int = 0
    y: int = 0
    @property
    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def moved(self, **k): return replace(self, **k)
p = Pt(3, 4); print(p.norm, p.moved(x=9), hash(p) == hash(Pt(3, 4)), {p: 1}[Pt(3, 4)])
try: p.x = 1
except dataclasses.FrozenInstanceError as e: print(type(e).__name__, e)
try: del p.x
except AttributeError as e: print(e)
@dataclass
class Base:
    a: int
    b: int = 2
@dataclass
class Derived(Base):
    c: int = 3
    d: Optional[List[int]] = None
    scale: InitVar[int] = 1
    def __post_init__(self, scale): self.c *= scale
print(Derived(1, scale=5), [f.name for f in fields(Derived)], is_dataclass(Derived), is_dataclass(Derived(1)), is_dataclass(3), fields(Base)[1].default)
@dataclass(slots=True, kw_only=True)
class S:
    v: int
    w: int = 5
s = S(v=1); print(s)
try: s.zz = 1
except AttributeError as e: print(e)
try: S(1)
except TypeError as e: print(e)
try: Base()
except TypeError as e: print(e)
try: Base(1, 2, 3)
except TypeError as e: print(e)
@dataclass
class Node:
    v: int
    next: 'Node' = None
    children: list['Node'] = field(default_factory=list)
n = Node(1, Node(2), [Node(3)]); print(n, asdict(n))
print(Base(1) == Derived(1), Base(1) != Base(2), Base.__match_args__)
match p:
    case Pt(x=3, y=y): print('matched', y)
C = make_dataclass('C', ['x', ('y', int), ('z', int, field(default=3))]); print(C(1, 2))
try: hash(Base(1))
except TypeError as e: print(e)
try:
    @dataclass
    class Bad:
        x: list = []
except ValueError as e: print(e)
@dataclass(eq=False)
class Ident: x: int
print(Ident(1) == Ident(1), len({Ident(1), Ident(1)}))
