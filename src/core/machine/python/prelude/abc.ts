/**
 * collections.abc: the classes with methods of their own, which a class gets that defines the few they
 * are made of. None of these methods is atomic: `setdefault` looks first and stores then.
 */
export const abcPrelude = `
from abc import ABC, ABCMeta, abstractmethod

class KeysView(metaclass=ABCMeta):
    __rr_protocol__ = ()
    def __init__(self, mapping): self._mapping = mapping
    def __len__(self): return len(self._mapping)
    def __contains__(self, key): return key in self._mapping
    def __iter__(self): return iter(self._mapping)
    def __repr__(self): return 'KeysView(' + repr(self._mapping) + ')'
    def __eq__(self, other): return set(self) == set(other)
    def __and__(self, other): return {k for k in other if k in self}
    def __or__(self, other): return set(self) | set(other)
    def __sub__(self, other): return {k for k in self if k not in other}

class ItemsView(metaclass=ABCMeta):
    __rr_protocol__ = ()
    def __init__(self, mapping): self._mapping = mapping
    def __len__(self): return len(self._mapping)
    def __contains__(self, item):
        key, value = item
        try:
            v = self._mapping[key]
        except KeyError:
            return False
        return v is value or v == value
    def __iter__(self):
        for key in self._mapping:
            yield (key, self._mapping[key])
    def __repr__(self): return 'ItemsView(' + repr(self._mapping) + ')'

class ValuesView(metaclass=ABCMeta):
    __rr_protocol__ = ()
    def __init__(self, mapping): self._mapping = mapping
    def __len__(self): return len(self._mapping)
    def __contains__(self, value):
        for key in self._mapping:
            v = self._mapping[key]
            if v is value or v == value:
                return True
        return False
    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]
    def __repr__(self): return 'ValuesView(' + repr(self._mapping) + ')'

class Mapping(ABC):
    __rr_protocol__ = ()
    @abstractmethod
    def __getitem__(self, key): raise KeyError
    @abstractmethod
    def __iter__(self): return iter(())
    @abstractmethod
    def __len__(self): return 0
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default
    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True
    def keys(self): return KeysView(self)
    def items(self): return ItemsView(self)
    def values(self): return ValuesView(self)
    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())
    __hash__ = None
    __reversed__ = None

class MutableMapping(Mapping):
    __rr_protocol__ = ()
    @abstractmethod
    def __setitem__(self, key, value): raise KeyError
    @abstractmethod
    def __delitem__(self, key): raise KeyError
    __marker = object()
    def pop(self, key, default=__marker):
        try:
            value = self[key]
        except KeyError:
            if default is self.__marker:
                raise
            return default
        else:
            del self[key]
            return value
    def popitem(self):
        try:
            key = next(iter(self))
        except StopIteration:
            raise KeyError from None
        value = self[key]
        del self[key]
        return key, value
    def clear(self):
        try:
            while True:
                self.popitem()
        except KeyError:
            pass
    def update(self, other=(), /, **kwds):
        if isinstance(other, Mapping):
            for key in other:
                self[key] = other[key]
        elif hasattr(other, 'keys'):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwds.items():
            self[key] = value
    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default

class Sequence(ABC):
    __rr_protocol__ = ()
    @abstractmethod
    def __getitem__(self, index): raise IndexError
    @abstractmethod
    def __len__(self): return 0
    def __iter__(self):
        i = 0
        try:
            while True:
                v = self[i]
                yield v
                i += 1
        except IndexError:
            return
    def __contains__(self, value):
        for v in self:
            if v is value or v == value:
                return True
        return False
    def __reversed__(self):
        for i in reversed(range(len(self))):
            yield self[i]
    def index(self, value, start=0, stop=None):
        if start is not None and start < 0:
            start = max(len(self) + start, 0)
        if stop is not None and stop < 0:
            stop += len(self)
        i = start
        while stop is None or i < stop:
            try:
                v = self[i]
            except IndexError:
                break
            if v is value or v == value:
                return i
            i += 1
        raise ValueError
    def count(self, value):
        return sum(1 for v in self if v is value or v == value)

class MutableSequence(Sequence):
    __rr_protocol__ = ()
    @abstractmethod
    def __setitem__(self, index, value): raise IndexError
    @abstractmethod
    def __delitem__(self, index): raise IndexError
    @abstractmethod
    def insert(self, index, value): raise IndexError
    def append(self, value):
        self.insert(len(self), value)
    def clear(self):
        try:
            while True:
                self.pop()
        except IndexError:
            pass
    def reverse(self):
        n = len(self)
        for i in range(n // 2):
            self[i], self[n - i - 1] = self[n - i - 1], self[i]
    def extend(self, values):
        if values is self:
            values = list(values)
        for v in values:
            self.append(v)
    def pop(self, index=-1):
        v = self[index]
        del self[index]
        return v
    def remove(self, value):
        del self[self.index(value)]
    def __iadd__(self, values):
        self.extend(values)
        return self

class Set(ABC):
    __rr_protocol__ = ()
    @abstractmethod
    def __contains__(self, x): return False
    @abstractmethod
    def __iter__(self): return iter(())
    @abstractmethod
    def __len__(self): return 0
    @classmethod
    def _from_iterable(cls, it): return cls(it)
    def __le__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        if len(self) > len(other):
            return False
        for e in self:
            if e not in other:
                return False
        return True
    def __lt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) < len(other) and self.__le__(other)
    def __gt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) > len(other) and self.__ge__(other)
    def __ge__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        if len(self) < len(other):
            return False
        for e in other:
            if e not in self:
                return False
        return True
    def __eq__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) == len(other) and self.__le__(other)
    __hash__ = None
    def __and__(self, other): return self._from_iterable(v for v in other if v in self)
    __rand__ = __and__
    def isdisjoint(self, other):
        for v in other:
            if v in self:
                return False
        return True
    def __or__(self, other): return self._from_iterable(e for s in (self, other) for e in s)
    __ror__ = __or__
    def __sub__(self, other): return self._from_iterable(v for v in self if v not in other)
    def __rsub__(self, other): return self._from_iterable(v for v in other if v not in self)
    def __xor__(self, other): return (self - other) | (other - self)
    __rxor__ = __xor__

class MutableSet(Set):
    __rr_protocol__ = ()
    @abstractmethod
    def add(self, value): raise NotImplementedError
    @abstractmethod
    def discard(self, value): raise NotImplementedError
    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)
    def pop(self):
        it = iter(self)
        try:
            value = next(it)
        except StopIteration:
            raise KeyError from None
        self.discard(value)
        return value
    def clear(self):
        try:
            while True:
                self.pop()
        except KeyError:
            pass
    def __ior__(self, it):
        for value in it:
            self.add(value)
        return self
    def __iand__(self, it):
        for value in (self - it):
            self.discard(value)
        return self
    def __isub__(self, it):
        if it is self:
            self.clear()
        else:
            for value in it:
                self.discard(value)
        return self
`;
