class A:
    def __init__(self): self.__x = 1; self._y = 2
    def get(self): return self.__x
    def __hidden(self): return 'h'
    def call(self): return self.__hidden()
a = A(); print(a.get(), a.call(), sorted(a.__dict__), a._A__x)
try: a.__x
except AttributeError as e: print(e)
class B(A):
    def __init__(self): super().__init__(); self.__x = 5
b = B(); print(b.get(), sorted(b.__dict__)); print(A.__name__, A.__module__, A.get.__qualname__, a.get.__name__, A.__doc__)
