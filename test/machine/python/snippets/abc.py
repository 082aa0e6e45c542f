from abc import ABC, abstractmethod
class Sh(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def n(self): ...
    def d(self): return f'{self.n} {self.area()}'
try: Sh()
except TypeError as e: print(e)
class Sq(Sh):
    n = 'sq'
    def area(self): return 4
print(Sq().d(), isinstance(Sq(), Sh))
