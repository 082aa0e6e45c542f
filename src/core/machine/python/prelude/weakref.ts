/** weakref. Nothing is collected while it is simulated: a reference stays alive, and so does what it refers to. */
export const weakrefPrelude = `
from collections.abc import MutableMapping

def _check(o):
    if __rr_is_opaque(o):
        return
    if isinstance(o, (int, float, str, bytes, tuple, list, dict)) and type(o).__module__ == 'builtins' or o is None:
        raise TypeError("cannot create weak reference to '" + type(o).__name__ + "' object")

class ReferenceType:
    def __new__(cls, o, callback=None):
        _check(o)
        if cls is ReferenceType and callback is None:
            known = __rr_kept('weak ' + str(id(o)))
            if known is not None:
                return known
            return __rr_keep('weak ' + str(id(o)), object.__new__(cls))
        return object.__new__(cls)
    def __init__(self, o, callback=None):
        self._o = o
        self.__callback__ = callback
    def __call__(self):
        return self._o
    def __eq__(self, other):
        return self._o == other._o if isinstance(other, ReferenceType) else NotImplemented
    def __hash__(self):
        return hash(self._o)
ref = ReferenceType

class WeakMethod(ReferenceType):
    pass

def proxy(o, callback=None):
    _check(o)
    return o

def getweakrefcount(o):
    return len(getweakrefs(o))

def getweakrefs(o):
    known = __rr_kept('weak ' + str(id(o)))
    return [] if known is None else [known]

class _WeakMapping(MutableMapping):
    def __init__(self, other=(), /, **kwargs):
        self.data = {}
        self.update(other, **kwargs)
    def __getitem__(self, key):
        return self.data[key]
    def __setitem__(self, key, value):
        _check(self._weak(key, value))
        self.data[key] = value
    def __delitem__(self, key):
        del self.data[key]
    def __contains__(self, key):
        return key in self.data
    def __iter__(self):
        return iter(self.data)
    def __len__(self):
        return len(self.data)
    def get(self, key, default=None):
        return self.data.get(key, default)
    def setdefault(self, key, default=None):
        _check(self._weak(key, default))
        return self.data.setdefault(key, default)
    def pop(self, key, *default):
        return self.data.pop(key, *default)
    def keys(self):
        return iter(self.data)
    def values(self):
        return iter(self.data.values())
    def items(self):
        return iter(self.data.items())
    def copy(self):
        return type(self)(self.data)

class WeakValueDictionary(_WeakMapping):
    def _weak(self, key, value):
        return value
    def valuerefs(self):
        return [ref(v) for v in self.data.values()]

class WeakKeyDictionary(_WeakMapping):
    def _weak(self, key, value):
        return key
    def keyrefs(self):
        return [ref(k) for k in self.data]

class WeakSet:
    def __init__(self, data=()):
        self.data = set()
        for x in data:
            self.add(x)
    def add(self, item):
        _check(item)
        self.data.add(item)
    def discard(self, item):
        self.data.discard(item)
    def remove(self, item):
        self.data.remove(item)
    def update(self, other):
        for x in other:
            self.add(x)
    def clear(self):
        self.data.clear()
    def pop(self):
        return self.data.pop()
    def copy(self):
        return WeakSet(self.data)
    def __contains__(self, item):
        return item in self.data
    def __iter__(self):
        return iter(self.data)
    def __len__(self):
        return len(self.data)

class finalize:
    def __init__(self, obj, func, /, *args, **kwargs):
        _check(obj)
        self._call = (obj, func, args, kwargs)
        self.atexit = True
    @property
    def alive(self):
        return self._call is not None
    def peek(self):
        return self._call
    def detach(self):
        call = self._call
        self._call = None
        return call
    def __call__(self, _=None):
        call = self.detach()
        if call is not None:
            return call[1](*call[2], **call[3])
`;
