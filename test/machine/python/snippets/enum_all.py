from enum import Enum, IntEnum, Flag, IntFlag, auto, unique, StrEnum
class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def describe(self): return f'{self.name.lower()}={self.value}'
    @classmethod
    def default(cls): return cls.GREEN
    @property
    def hot(self): return self is Color.RED
print(Color.RED, repr(Color.RED), Color(2), Color['GREEN'], Color.CRIMSON is Color.RED, list(Color), Color.__members__.keys(), len(Color))
print(Color.RED.describe(), Color.default(), Color.RED.hot, Color.RED == 1, Color.RED in Color, isinstance(Color.RED, Color), {Color.RED: 'r'}[Color.CRIMSON])
try: Color(9)
except ValueError as e: print(e)
try: Color['X']
except KeyError as e: print(e)
try: Color.RED = 3
except AttributeError as e: print(type(e).__name__)
class Level(IntEnum):
    LOW = auto(); MID = auto(); HIGH = 10; TOP = auto()
print(list(Level), Level.LOW < Level.HIGH, Level.MID + 1, Level.TOP.value, sorted([Level.HIGH, Level.LOW]), f'{Level.LOW}', str(Level.LOW), '%d' % Level.LOW, Level(2).name)
class Perm(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
p = Perm.R | Perm.X
print(p, Perm.R in p, Perm.W in p, bool(p & Perm.W), Perm.RW, ~Perm.R, p ^ Perm.R, repr(p), Perm(3), p.value, Perm(0), list(p))
class F(IntFlag): A = 1; B = 2
print(F.A | F.B, int(F.A | F.B), F.A | 8, F(3) & 1)
class S(StrEnum): ONE = auto(); TWO = 'two'
print(S.ONE, S.ONE == 'one', S.TWO.upper(), repr(S.ONE), f'{S.TWO:>5}')
class Planet(Enum):
    EARTH = (5.97, 6.37); MARS = (0.64, 3.39)
    def __init__(self, mass, radius): self.mass = mass; self.radius = radius
    @property
    def density(self): return round(self.mass / self.radius, 3)
print(Planet.EARTH.density, Planet.MARS.value, Planet((0.64, 3.39)))
try:
    @unique
    class U(Enum): A = 1; B = 1
except ValueError as e: print(e)
E = Enum('E', 'A B C'); print(list(E), E.B.value)
class Op(Enum):
    ADD = '+'; SUB = '-'
    def __call__(self, a, b): return a + b if self is Op.ADD else a - b
    @classmethod
    def _missing_(cls, v): return cls.ADD
print(Op.SUB(5, 3), Op('nope'), Op.ADD.name)
match Color.GREEN:
    case Color.RED: print('r')
    case Color.GREEN: print('g')
class St(str, Enum): A = 'a'; B = 'b'
print(St.A == 'a', St('b'), St.A.value, {'a': 1}[St.A], f'{St.A}', 'x' + St.A)
print(Color.RED != Color.GREEN, hash(Color.RED) == hash(Color.CRIMSON), Color.RED.__class__.__name__)
try: Color.RED < Color.GREEN
except TypeError as e: print(e)
