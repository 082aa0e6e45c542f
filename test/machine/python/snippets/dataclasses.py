from dataclasses import dataclass, field, asdict, replace, astuple, fields
@dataclass
class P:
    x: int
    y: int = 5
    z: list = field(default_factory=list)
    def total(self): return self.x + self.y
p = P(1); print(p, p == P(1), p.total(), asdict(p), replace(p, x=9), astuple(p), [f.name for f in fields(p)])
@dataclass(frozen=True, order=True)
class F:
    a: int
    b: str = 'q'
f = F(1); print(f, {f: 1}[F(1)], F(1) < F(2), sorted([F(3), F(2)]), hash(F(1)) == hash(F(1)))
try: f.a = 2
except Exception as e: print(type(e).__name__, e)
try: P()
except TypeError as e: print(e)
@dataclass
class Child(P):
    w: str = 'w'
    def __post_init__(self): self.extra = self.w * 2
print(Child(1, 2, [3], 'k'), Child(1).extra)
match p:
    case P(x, y): print(x, y)
