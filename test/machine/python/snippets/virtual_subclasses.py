import abc
import numbers
from collections import OrderedDict, UserDict, deque
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, MutableMapping, MutableSequence, Sequence, Set, Sized
from typing import Generic, TypeVar


class A(abc.ABC):
    @abc.abstractmethod
    def f(self): ...


class Duck:
    def f(self):
        return 'quack'


print(isinstance(Duck(), A), issubclass(Duck, A))
print(A.register(Duck) is Duck)
print(isinstance(Duck(), A), issubclass(Duck, A))


class Mallard(Duck):
    pass


print(isinstance(Mallard(), A), sorted(A.__abstractmethods__), type(A))


class Table:
    def __len__(self): return 0
    def __iter__(self): return iter(())
    def __hash__(self): return 1


MutableMapping.register(Table)
print(isinstance(Table(), Mapping), isinstance(Table(), MutableMapping), issubclass(Table, Sized), issubclass(Table, Iterable))
print([issubclass(c, Sequence) for c in (list, tuple, str, dict, set, deque, range, bytes)])
print([issubclass(c, MutableSequence) for c in (list, tuple, str, deque)])
print([issubclass(c, Mapping) for c in (dict, OrderedDict, list, UserDict)])
print([issubclass(c, Hashable) for c in (int, str, list, dict, Table, frozenset, set)])
print(issubclass(set, Set), issubclass(bool, numbers.Integral), issubclass(float, numbers.Real), issubclass(float, numbers.Integral))

T = TypeVar('T')


class Result(Awaitable[T]):
    def __await__(self):
        yield


class Chained(Result[int]):
    pass


class Rows(list):
    pass


print(Result[int] is not None, Chained.__mro__[1].__name__, Rows[int] is not None, issubclass(Chained, Awaitable))
