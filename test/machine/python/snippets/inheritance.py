class A:
    def who(self): return 'A'
    def hi(self): return 'hi ' + self.who()
class B(A):
    def who(self): return 'B' + super().who()
class C(A):
    def who(self): return 'C' + super().who()
class D(B, C):
    def who(self): return 'D' + super().who()
print(D().hi(), [c.__name__ for c in D.__mro__], isinstance(D(), C), issubclass(D, A), D.__bases__ == (B, C), type(D()).__name__)
try:
    class E(A, B): pass
except TypeError as e: print(str(e).split('\n')[0])
class P:
    def __init__(self): self.x = 1
class Q(P):
    def __init__(self): super().__init__(); self.y = 2
q = Q(); print(q.x, q.y, q.__dict__, vars(q), hasattr(q, 'z'), getattr(q, 'z', 9), hasattr(Q, 'x'))
