/** functools, in Python. */
export const functoolsPrelude = `
WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__')

def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=('__dict__',)):
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    if hasattr(wrapped, '__dict__'):
        for k, v in wrapped.__dict__.items():
            setattr(wrapper, k, v)
    wrapper.__wrapped__ = wrapped
    return wrapper

def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=('__dict__',)):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned)
    return decorate

class partial:
    def __init__(self, func, /, *args, **keywords):
        if isinstance(func, partial):
            args = func.args + args
            merged = dict(func.keywords)
            merged.update(keywords)
            keywords = merged
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords
    def __call__(self, /, *args, **keywords):
        merged = dict(self.keywords)
        merged.update(keywords)
        return self.func(*self.args, *args, **merged)
    def __repr__(self):
        parts = [repr(self.func)] + [repr(a) for a in self.args] + [k + '=' + repr(v) for k, v in self.keywords.items()]
        return 'functools.partial(' + ', '.join(parts) + ')'

def partialmethod(func, *args, **keywords):
    def call(self, *more, **kw):
        merged = dict(keywords)
        merged.update(kw)
        return func(self, *args, *more, **merged)
    return call

_none = object()

def reduce(function, sequence, initial=_none):
    it = iter(sequence)
    if initial is _none:
        try:
            value = next(it)
        except StopIteration:
            raise TypeError('reduce() of empty iterable with no initial value') from None
    else:
        value = initial
    for x in it:
        value = function(value, x)
    return value

from collections import namedtuple
_CacheInfo = namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])

def _make_key(args, kwargs):
    if not kwargs:
        return args
    return args + (_none,) + tuple(kwargs.items())

def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, typed)
    def decorate(fn):
        return _cached(fn, None if maxsize is None else max(maxsize, 0), typed)
    return decorate

def cache(fn):
    return _cached(fn, None, False)

def _cached(fn, maxsize, typed):
    store = {}
    counts = [0, 0]
    def wrapper(*args, **kwargs):
        key = _make_key(args, kwargs)
        if typed:
            key += tuple([type(v) for v in (*args, *kwargs.values())])
        value = store.get(key, _none)
        if value is not _none:
            __rr_add_to(counts, 0)
            if maxsize is not None:
                __rr_touch_key(store, key, value)
            return value
        __rr_add_to(counts, 1)
        value = fn(*args, **kwargs)
        if maxsize is None or maxsize > 0:
            __rr_bounded_set(store, key, value, maxsize)
        return value
    def cache_info():
        return _CacheInfo(counts[0], counts[1], maxsize, len(store))
    def cache_clear():
        store.clear()
        counts[0] = 0
        counts[1] = 0
    def cache_parameters():
        return {'maxsize': maxsize, 'typed': typed}
    wrapper.cache_info = cache_info
    wrapper.cache_parameters = cache_parameters
    wrapper.cache_clear = cache_clear
    return update_wrapper(wrapper, fn)

class cached_property:
    def __init__(self, func):
        self.func = func
        self.name = None
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, o, owner=None):
        if o is None:
            return self
        d = __rr_own_attribute(o, self.name, _none)
        if d is not _none:
            return d
        v = self.func(o)
        object.__setattr__(o, self.name, v)
        return v

def total_ordering(cls):
    def has(n):
        return n in cls.__dict__
    if has('__lt__'):
        if not has('__gt__'):
            setattr(cls, '__gt__', lambda a, b: not (a < b) and a != b)
        if not has('__le__'):
            setattr(cls, '__le__', lambda a, b: a < b or a == b)
        if not has('__ge__'):
            setattr(cls, '__ge__', lambda a, b: not (a < b))
    elif has('__gt__'):
        setattr(cls, '__lt__', lambda a, b: not (a > b) and a != b)
        setattr(cls, '__ge__', lambda a, b: a > b or a == b)
        setattr(cls, '__le__', lambda a, b: not (a > b))
    elif has('__le__'):
        setattr(cls, '__gt__', lambda a, b: not (a <= b))
        setattr(cls, '__lt__', lambda a, b: a <= b and a != b)
        setattr(cls, '__ge__', lambda a, b: not (a <= b) or a == b)
    elif has('__ge__'):
        setattr(cls, '__lt__', lambda a, b: not (a >= b))
        setattr(cls, '__gt__', lambda a, b: a >= b and a != b)
        setattr(cls, '__le__', lambda a, b: not (a >= b) or a == b)
    return cls

class _Key:
    def __init__(self, value, compare):
        self.value = value
        self.compare = compare
    def __lt__(self, other): return self.compare(self.value, other.value) < 0
    def __gt__(self, other): return self.compare(self.value, other.value) > 0
    def __eq__(self, other): return self.compare(self.value, other.value) == 0

def cmp_to_key(compare):
    def key(value):
        return _Key(value, compare)
    return key

def singledispatch(fn):
    registry = {}
    def dispatch(cls):
        for c in cls.__mro__:
            if c in registry:
                return registry[c]
        return fn
    def register(cls, f=None):
        if f is None:
            def decorate(g):
                registry[cls] = g
                return g
            return decorate
        registry[cls] = f
        return f
    def wrapper(*args, **kwargs):
        return dispatch(type(args[0]))(*args, **kwargs)
    wrapper.register = register
    wrapper.dispatch = dispatch
    return update_wrapper(wrapper, fn)
`;
