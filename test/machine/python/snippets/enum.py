from enum import Enum, IntEnum, auto, Flag
class C(Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
    def describe(self): return self.name.lower()
print(C.RED, repr(C.RED), C.RED.name, C.RED.value, C(2), C['RED'], C.ALIAS is C.RED, list(C), len(C), C.RED == C.RED, C.RED != C.GREEN, C.RED.describe(), isinstance(C.RED, C), {C.RED: 1}[C.RED], C.RED in C)
class I(IntEnum):
    LOW = 1
    HIGH = 5
print(I.LOW < I.HIGH, I.HIGH + 1, I.LOW == 1, sorted([I.HIGH, I.LOW]), int(I.HIGH), max(I))
class A(Enum):
    X = auto(); Y = auto()
print(A.X.value, A.Y.value, A.Y)
class S(str, Enum):
    P = 'p'
print(S.P == 'p', S.P.value, S.P.upper())
try: C(9)
except ValueError as e: print(e)
try: C['ZZ']
except KeyError as e: print(e)
class F(Flag):
    A = 1; B = 2
print((F.A | F.B).value, F.A in (F.A | F.B))
