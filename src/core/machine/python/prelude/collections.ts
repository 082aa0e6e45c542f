/** collections, in Python; deque, defaultdict and OrderedDict are native. */
export const collectionsPrelude = `
from collections.abc import MutableMapping, MutableSequence

class Counter(dict):
    def __init__(self, iterable=None, /, **kwargs):
        self.update(iterable, **kwargs)
    def __missing__(self, key):
        return 0
    def update(self, iterable=None, /, **kwargs):
        if iterable is not None:
            if isinstance(iterable, dict):
                for k, n in iterable.items():
                    dict.__setitem__(self, k, dict.get(self, k, 0) + n)
            else:
                for k in iterable:
                    dict.__setitem__(self, k, dict.get(self, k, 0) + 1)
        for k, n in kwargs.items():
            dict.__setitem__(self, k, dict.get(self, k, 0) + n)
    def subtract(self, iterable=None, /, **kwargs):
        if iterable is not None:
            if isinstance(iterable, dict):
                for k, n in iterable.items():
                    self[k] = self[k] - n
            else:
                for k in iterable:
                    self[k] = self[k] - 1
        for k, n in kwargs.items():
            self[k] = self[k] - n
    def most_common(self, n=None):
        items = sorted(self.items(), key=lambda p: p[1], reverse=True)
        return items if n is None else items[:n]
    def elements(self):
        for k, n in self.items():
            for _ in range(n):
                yield k
    def total(self):
        return sum(self.values())
    def copy(self):
        return self.__class__(self)
    def __add__(self, other):
        out = Counter()
        for k, n in self.items():
            if n + other[k] > 0:
                out[k] = n + other[k]
        for k, n in other.items():
            if k not in self and n > 0:
                out[k] = n
        return out
    def __sub__(self, other):
        out = Counter()
        for k, n in self.items():
            if n - other[k] > 0:
                out[k] = n - other[k]
        for k, n in other.items():
            if k not in self and n < 0:
                out[k] = -n
        return out
    def __or__(self, other):
        out = Counter()
        for k, n in self.items():
            m = max(n, other[k])
            if m > 0:
                out[k] = m
        for k, n in other.items():
            if k not in self and n > 0:
                out[k] = n
        return out
    def __pos__(self):
        return self + Counter()
    def __neg__(self):
        return Counter() - self
    def _keep_positive(self):
        for k in [k for k, n in self.items() if not n > 0]:
            del self[k]
        return self
    def __iadd__(self, other):
        for k, n in other.items():
            self[k] += n
        return self._keep_positive()
    def __isub__(self, other):
        for k, n in other.items():
            self[k] -= n
        return self._keep_positive()
    def __ior__(self, other):
        for k, n in other.items():
            if n > self[k]:
                self[k] = n
        return self._keep_positive()
    def __iand__(self, other):
        for k, n in self.items():
            if other[k] < n:
                self[k] = other[k]
        return self._keep_positive()
    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[k] == other[k] for c in (self, other) for k in c])
    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other
    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[k] <= other[k] for c in (self, other) for k in c])
    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other
    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[k] >= other[k] for c in (self, other) for k in c])
    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other
    def __delitem__(self, key):
        if key in self:
            dict.__delitem__(self, key)
    def __and__(self, other):
        out = Counter()
        for k, n in self.items():
            m = min(n, other[k])
            if m > 0:
                out[k] = m
        return out
    def __repr__(self):
        if not self:
            return type(self).__name__ + '()'
        return type(self).__name__ + '({' + ', '.join([repr(k) + ': ' + repr(n) for k, n in self.most_common()]) + '})'

class _NamedTupleField:
    def __init__(self, index):
        self.index = index
    def __get__(self, o, cls=None):
        if o is None:
            return self
        return tuple.__getitem__(o, self.index)
    def __set__(self, o, v):
        raise AttributeError("can't set attribute")

def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    field_names = tuple([str(f) for f in field_names])
    default_values = {}
    if defaults is not None:
        defaults = tuple(defaults)
        for name, value in zip(field_names[len(field_names) - len(defaults):], defaults):
            default_values[name] = value
    return __rr_make_named_tuple(typename, field_names, default_values, {})

def __rr_named_tuple(name, names):
    fields = tuple(names.get('__annotations__', {}))
    defaults = {}
    others = {}
    for k, v in names.items():
        if k in fields:
            defaults[k] = v
        elif k not in ('__annotations__', '__qualname__', '__module__'):
            others[k] = v
    return __rr_make_named_tuple(name, fields, defaults, others)

def __rr_named_tuple_of(name, fields):
    return __rr_make_named_tuple(name, tuple([f for f, t in fields]), {}, {})

def __rr_make_named_tuple(typename, fields, defaults, others):
    def __new__(cls, *args, **kwargs):
        values = list(args)
        if len(values) > len(fields):
            raise TypeError(typename + '.__new__() takes ' + str(len(fields) + 1) + ' positional arguments but ' + str(len(values) + 1) + ' were given')
        missing = []
        for f in fields[len(values):]:
            if f in kwargs:
                values.append(kwargs.pop(f))
            elif f in defaults:
                values.append(defaults[f])
            else:
                missing.append(f)
        if kwargs:
            raise TypeError(typename + ".__new__() got an unexpected keyword argument '" + list(kwargs)[0] + "'")
        if missing:
            names = ["'" + f + "'" for f in missing]
            text = names[0] if len(names) == 1 else ' and '.join(names) if len(names) == 2 else ', '.join(names[:-1]) + ', and ' + names[-1]
            raise TypeError(typename + '.__new__() missing ' + str(len(names)) + ' required positional argument' + ('' if len(names) == 1 else 's') + ': ' + text)
        return __rr_payload(cls, tuple(values))
    def __repr__(self):
        return type(self).__name__ + '(' + ', '.join([f + '=' + repr(v) for f, v in zip(fields, tuple(self))]) + ')'
    def _asdict(self):
        return dict(zip(fields, tuple(self)))
    def _replace(self, **kwargs):
        values = dict(zip(fields, tuple(self)))
        for k in kwargs:
            if k not in values:
                raise ValueError('Got unexpected field names: ' + repr([k]))
        values.update(kwargs)
        return type(self)(**values)
    def _make(cls, iterable):
        return cls(*iterable)
    space = {'__new__': __new__, '__repr__': __repr__, '_asdict': _asdict, '_replace': _replace, '_make': classmethod(_make), '_fields': fields, '_field_defaults': defaults, '__match_args__': fields, '__slots__': (), '__module__': '__main__'}
    for i, f in zip(range(len(fields)), fields):
        space[f] = _NamedTupleField(i)
    space.update(others)
    return type(typename, (tuple,), space)

class ChainMap(MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]
    def __getitem__(self, key):
        for m in self.maps:
            if key in m:
                return m[key]
        raise KeyError(key)
    def get(self, key, default=None):
        return self[key] if key in self else default
    def __contains__(self, key):
        for m in self.maps:
            if key in m:
                return True
        return False
    def __setitem__(self, key, value):
        self.maps[0][key] = value
    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError('Key not found in the first mapping: ' + repr(key))
    def __iter__(self):
        d = {}
        for m in reversed(self.maps):
            d.update(dict.fromkeys(m))
        return iter(d)
    def __len__(self):
        return len(list(iter(self)))
    def __bool__(self):
        return any(self.maps)
    def __repr__(self):
        return type(self).__name__ + '(' + ', '.join([repr(m) for m in self.maps]) + ')'
    def new_child(self, m=None, **kwargs):
        if m is None:
            m = kwargs
        return self.__class__(m, *self.maps)
    @property
    def parents(self):
        return self.__class__(*self.maps[1:])
    def pop(self, key, *args):
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError('Key not found in the first mapping: ' + repr(key))
    def copy(self):
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

class UserDict(MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)
    def __len__(self): return len(self.data)
    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, '__missing__'):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)
    def __setitem__(self, key, item): self.data[key] = item
    def __delitem__(self, key): del self.data[key]
    def __iter__(self): return iter(self.data)
    def __contains__(self, key): return key in self.data
    def get(self, key, default=None): return self[key] if key in self else default
    def __repr__(self): return repr(self.data)
    def copy(self): return self.__class__(self.data)

def _data(v):
    return v.data if isinstance(v, (UserList, UserString)) else v

class UserList(MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_data(initlist))
    def __repr__(self): return repr(self.data)
    def __eq__(self, other): return self.data == _data(other)
    def __lt__(self, other): return self.data < _data(other)
    def __le__(self, other): return self.data <= _data(other)
    def __gt__(self, other): return self.data > _data(other)
    def __ge__(self, other): return self.data >= _data(other)
    def __contains__(self, item): return item in self.data
    def __len__(self): return len(self.data)
    def __getitem__(self, i): return self.__class__(self.data[i]) if isinstance(i, slice) else self.data[i]
    def __setitem__(self, i, item): self.data[i] = item
    def __delitem__(self, i): del self.data[i]
    def __add__(self, other): return self.__class__(self.data + list(_data(other)))
    def __radd__(self, other): return self.__class__(list(_data(other)) + self.data)
    def __iadd__(self, other):
        self.data += list(_data(other))
        return self
    def __mul__(self, n): return self.__class__(self.data * n)
    __rmul__ = __mul__
    def append(self, item): self.data.append(item)
    def insert(self, i, item): self.data.insert(i, item)
    def pop(self, i=-1): return self.data.pop(i)
    def remove(self, item): self.data.remove(item)
    def clear(self): self.data.clear()
    def copy(self): return self.__class__(self)
    def count(self, item): return self.data.count(item)
    def index(self, item, *args): return self.data.index(item, *args)
    def reverse(self): self.data.reverse()
    def sort(self, *, key=None, reverse=False): self.data.sort(key=key, reverse=reverse)
    def extend(self, other): self.data.extend(_data(other))

class UserString:
    def __init__(self, seq):
        self.data = seq if isinstance(seq, str) else str(seq)
    def __str__(self): return self.data
    def __repr__(self): return repr(self.data)
    def __len__(self): return len(self.data)
    def __hash__(self): return hash(self.data)
    def __eq__(self, other): return self.data == _data(other)
    def __lt__(self, other): return self.data < _data(other)
    def __contains__(self, part): return _data(part) in self.data
    def __getitem__(self, i): return self.__class__(self.data[i])
    def __add__(self, other): return self.__class__(self.data + str(other))
    def __radd__(self, other): return self.__class__(str(other) + self.data)
    def __mul__(self, n): return self.__class__(self.data * n)
    def __getattr__(self, name):
        method = getattr(self.data, name)
        def call(*args, **kwargs):
            r = method(*args, **kwargs)
            return self.__class__(r) if isinstance(r, str) else r
        return call
`;
