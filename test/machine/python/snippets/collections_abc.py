import collections
from collections import UserDict
from collections.abc import ItemsView, KeysView, Mapping, MutableMapping, MutableSequence, MutableSet, Sequence, Set
import typing


class Lower(MutableMapping):
    def __init__(self, *pairs):
        self.store = {}
        self.update(pairs)

    def __getitem__(self, key):
        return self.store[key.lower()]

    def __setitem__(self, key, value):
        print('set', key)
        self.store[key.lower()] = value

    def __delitem__(self, key):
        print('del', key)
        del self.store[key.lower()]

    def __iter__(self):
        return iter(self.store)

    def __len__(self):
        return len(self.store)


d = Lower(('A', 1), ('b', 2))
print(d.get('a'), d.get('x'), d.get('x', 5), 'B' in d, 'x' in d)
print(d.setdefault('B', 9), d.setdefault('C', 3))
print(list(d.keys()), list(d.values()), list(d.items()), len(d.keys()))
print(d.pop('a'), d.pop('a', None))
try:
    d.pop('a')
except KeyError as e:
    print('KeyError', e)
d.update({'z': 1}, y=2)
print(dict(d), d == {'b': 2, 'c': 3, 'z': 1, 'y': 2}, d != {})
print(d.popitem())
d.clear()
print(len(d), bool(d))
print(isinstance(d, Mapping), isinstance(d, MutableMapping), isinstance({}, Mapping), isinstance([], Sequence), issubclass(Lower, typing.Mapping))
print(('b', 2) in Lower(('b', 2)).items(), 2 in Lower(('b', 2)).values())


class Numbers(MutableSequence):
    def __init__(self, *items):
        self.items = list(items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, v):
        self.items[i] = v

    def __delitem__(self, i):
        del self.items[i]

    def __len__(self):
        return len(self.items)

    def insert(self, i, v):
        self.items.insert(i, v)


n = Numbers(1, 2, 3)
n.append(4)
n.extend([5, 6])
n += [7]
n.reverse()
print(list(n), n.index(4), n.count(1), 9 in n, list(reversed(n)))
n.remove(4)
print(n.pop(), n.pop(0), list(n))
try:
    n.index(99)
except ValueError:
    print('no 99')


class Bits(MutableSet):
    def __init__(self, items=()):
        self.data = []
        for i in items:
            self.add(i)

    def __contains__(self, x):
        return x in self.data

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)

    def add(self, x):
        if x not in self.data:
            self.data.append(x)

    def discard(self, x):
        if x in self.data:
            self.data.remove(x)


a, b = Bits([1, 2, 3]), Bits([2, 3, 4])
print(sorted(a & b), sorted(a | b), sorted(a - b), sorted(a ^ b), a <= b, Bits([2]) < a, a.isdisjoint(Bits([9])))
a |= b
a -= Bits([1])
print(sorted(a), a == Bits([2, 3, 4]))
a.remove(2)
try:
    a.remove(2)
except KeyError as e:
    print('KeyError', e)


class Loud(UserDict):
    def __setitem__(self, key, value):
        print('loud', key)
        super().__setitem__(key, value)


u = Loud(a=1)
u['b'] = 2
print(u, u.data, u.setdefault('c', 3), u.pop('a'), u.get('q'), 'b' in u, u.copy())


class Missing(collections.abc.Mapping):
    pass


try:
    Missing()
except TypeError:
    print('abstract')
