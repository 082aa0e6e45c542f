/** collections, dataclasses, enum, functools, contextlib, itertools and their like, in Python. */

export const collectionsPrelude = `
from collections.abc import MutableMapping

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
        return Counter(self)
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

class ChainMap:
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
        del self.maps[0][key]
    def __iter__(self):
        d = {}
        for m in reversed(self.maps):
            d.update(dict.fromkeys(m))
        return iter(d)
    def keys(self):
        return list(self)
    def items(self):
        return [(k, self[k]) for k in self]
    def values(self):
        return [self[k] for k in self]
    def __len__(self):
        return len(list(iter(self)))
    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)

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
`;

export const dataclassesPrelude = `
class _Missing:
    def __repr__(self):
        return '<MISSING>'
MISSING = _Missing()
KW_ONLY = 'KW_ONLY'

class FrozenInstanceError(AttributeError):
    pass

class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = metadata
        self.kw_only = kw_only

def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=False):
    return Field(default, default_factory, init, repr, hash, compare, metadata or {}, kw_only)

def _collect(cls, kw_only):
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        inherited = base.__dict__.get('__dataclass_fields__')
        if inherited is not None:
            fields.update(inherited)
    keyword = kw_only
    for name, text in cls.__dict__.get('__annotations__', {}).items():
        if text.startswith('ClassVar') or text.startswith('typing.ClassVar'):
            continue
        if text in ('KW_ONLY', 'dataclasses.KW_ONLY'):
            keyword = True
            continue
        value = cls.__dict__.get(name, MISSING)
        if isinstance(value, Field):
            f = value
            if f.default is MISSING:
                if name in cls.__dict__:
                    delattr(cls, name)
            else:
                setattr(cls, name, f.default)
        else:
            f = Field(value, MISSING, True, True, None, True, {}, keyword)
            if isinstance(value, (list, dict, set)):
                raise ValueError('mutable default ' + str(type(value)) + ' for field ' + name + ' is not allowed: use default_factory')
        f.name = name
        f.type = text
        if keyword:
            f.kw_only = True
        fields[name] = f
    return fields

def _values(o, names):
    return tuple([getattr(o, n) for n in names])

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only)
    if cls is None:
        return wrap
    return wrap(cls)

def _process(cls, init, repr_, eq, order, unsafe_hash, frozen, match_args, kw_only):
    fields = _collect(cls, kw_only)
    setattr(cls, '__dataclass_fields__', fields)
    setattr(cls, '__dataclass_frozen__', frozen)
    all_fields = list(fields.values())
    in_init = [f for f in all_fields if f.init]
    positional = [f for f in in_init if not f.kw_only]
    shown = [f.name for f in all_fields if f.repr]
    compared = [f.name for f in all_fields if f.compare]
    hashed = [f.name for f in all_fields if (f.compare if f.hash is None else f.hash)]
    seen_default = False
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = True
        elif seen_default:
            raise TypeError("non-default argument '" + f.name + "' follows default argument")
    own = cls.__dict__
    name = cls.__name__
    post = hasattr(cls, '__post_init__')
    if init and '__init__' not in own:
        def __init__(self, *args, **kwargs):
            if len(args) > len(positional):
                least = len([f for f in positional if f.default is MISSING and f.default_factory is MISSING]) + 1
                most = len(positional) + 1
                takes = str(most) if least == most else 'from ' + str(least) + ' to ' + str(most)
                raise TypeError(name + '.__init__() takes ' + takes + ' positional argument' + ('' if takes == '1' else 's') + ' but ' + str(len(args) + 1) + ' were given')
            given = {}
            for f, v in zip(positional, args):
                given[f.name] = v
            for k, v in kwargs.items():
                if k in given:
                    raise TypeError(name + ".__init__() got multiple values for argument '" + k + "'")
                if k not in fields or not fields[k].init:
                    raise TypeError(name + ".__init__() got an unexpected keyword argument '" + k + "'")
                given[k] = v
            missing = [f.name for f in in_init if f.name not in given and f.default is MISSING and f.default_factory is MISSING]
            if missing:
                names = ["'" + n + "'" for n in missing]
                text = names[0] if len(names) == 1 else ' and '.join(names) if len(names) == 2 else ', '.join(names[:-1]) + ', and ' + names[-1]
                raise TypeError(name + '.__init__() missing ' + str(len(names)) + ' required positional argument' + ('' if len(names) == 1 else 's') + ': ' + text)
            for f in all_fields:
                if f.init and f.name in given:
                    object.__setattr__(self, f.name, given[f.name])
                elif f.default_factory is not MISSING:
                    object.__setattr__(self, f.name, f.default_factory())
                elif f.default is not MISSING:
                    object.__setattr__(self, f.name, f.default)
            if post:
                self.__post_init__()
        setattr(cls, '__init__', __init__)
    if repr_ and '__repr__' not in own:
        def __repr__(self):
            return type(self).__qualname__ + '(' + ', '.join([n + '=' + repr(getattr(self, n)) for n in shown]) + ')'
        setattr(cls, '__repr__', __repr__)
    if eq and '__eq__' not in own:
        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return _values(self, compared) == _values(other, compared)
        setattr(cls, '__eq__', __eq__)
    if order:
        def __lt__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return _values(self, compared) < _values(other, compared)
        def __le__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return _values(self, compared) <= _values(other, compared)
        def __gt__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return _values(self, compared) > _values(other, compared)
        def __ge__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return _values(self, compared) >= _values(other, compared)
        setattr(cls, '__lt__', __lt__)
        setattr(cls, '__le__', __le__)
        setattr(cls, '__gt__', __gt__)
        setattr(cls, '__ge__', __ge__)
    if unsafe_hash or (eq and frozen):
        if '__hash__' not in own or own['__hash__'] is None:
            def __hash__(self):
                return hash(_values(self, hashed))
            setattr(cls, '__hash__', __hash__)
    elif eq and '__hash__' not in own:
        setattr(cls, '__hash__', None)
    if frozen:
        def __setattr__(self, n, v):
            raise FrozenInstanceError('cannot assign to field ' + repr(n))
        def __delattr__(self, n):
            raise FrozenInstanceError('cannot delete field ' + repr(n))
        setattr(cls, '__setattr__', __setattr__)
        setattr(cls, '__delattr__', __delattr__)
    if match_args and '__match_args__' not in own:
        setattr(cls, '__match_args__', tuple([f.name for f in positional]))
    return cls

def fields(o):
    return tuple(o.__dataclass_fields__.values())

def is_dataclass(o):
    return hasattr(o, '__dataclass_fields__')

def _as(v):
    if hasattr(type(v), '__dataclass_fields__'):
        return asdict(v)
    if isinstance(v, list):
        return [_as(x) for x in v]
    if isinstance(v, tuple):
        return tuple([_as(x) for x in v])
    if isinstance(v, dict):
        return {_as(k): _as(x) for k, x in v.items()}
    return v

def asdict(o):
    return {f.name: _as(getattr(o, f.name)) for f in fields(o)}

def astuple(o):
    return tuple([getattr(o, f.name) for f in fields(o)])

def replace(o, /, **changes):
    for f in fields(o):
        if f.init and f.name not in changes:
            changes[f.name] = getattr(o, f.name)
    return type(o)(**changes)
`;

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

class _CacheInfo:
    def __init__(self, hits, misses, maxsize, currsize):
        self.hits = hits
        self.misses = misses
        self.maxsize = maxsize
        self.currsize = currsize
    def __repr__(self):
        return 'CacheInfo(hits=' + str(self.hits) + ', misses=' + str(self.misses) + ', maxsize=' + str(self.maxsize) + ', currsize=' + str(self.currsize) + ')'

def _make_key(args, kwargs):
    if not kwargs:
        return args
    return args + (_none,) + tuple(kwargs.items())

def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128)
    def decorate(fn):
        return _cached(fn, maxsize)
    return decorate

def cache(fn):
    return _cached(fn, None)

def _cached(fn, maxsize):
    store = {}
    counts = [0, 0]
    def wrapper(*args, **kwargs):
        key = _make_key(args, kwargs)
        value = store.get(key, _none)
        if value is not _none:
            counts[0] += 1
            if maxsize is not None:
                __rr_touch_key(store, key, value)
            return value
        counts[1] += 1
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
    wrapper.cache_info = cache_info
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

export const contextlibPrelude = `
class ContextDecorator:
    def __call__(self, func):
        def inner(*args, **kwargs):
            with self._recreate_cm():
                return func(*args, **kwargs)
        inner.__name__ = func.__name__
        return inner
    def _recreate_cm(self):
        return self

class _GeneratorContextManager(ContextDecorator):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func = func
        self.args = args
        self.kwds = kwds
    def _recreate_cm(self):
        return _GeneratorContextManager(self.func, self.args, self.kwds)
    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None
    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            return exc is not value
        except RuntimeError as exc:
            if exc is value:
                return False
            if isinstance(value, StopIteration) and exc.__cause__ is value:
                return False
            raise
        except BaseException as exc:
            if exc is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")

def contextmanager(func):
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    helper.__name__ = func.__name__
    helper.__qualname__ = func.__qualname__
    helper.__wrapped__ = func
    return helper

class _AsyncGeneratorContextManager:
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
    async def __aenter__(self):
        try:
            return await self.gen.__anext__()
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None
    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await self.gen.__anext__()
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as exc:
            return exc is not value
        except BaseException as exc:
            if exc is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after athrow()")

def asynccontextmanager(func):
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)
    helper.__name__ = func.__name__
    return helper

class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions
    def __enter__(self):
        pass
    def __exit__(self, typ, value, tb):
        return typ is not None and issubclass(typ, self._exceptions)

class closing:
    def __init__(self, thing):
        self.thing = thing
    def __enter__(self):
        return self.thing
    def __exit__(self, *exc):
        self.thing.close()

class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result
    def __enter__(self):
        return self.enter_result
    def __exit__(self, *excinfo):
        pass
    async def __aenter__(self):
        return self.enter_result
    async def __aexit__(self, *excinfo):
        pass

class redirect_stdout:
    def __init__(self, target):
        raise NotImplementedError('redirect_stdout is not simulated')

class AbstractContextManager:
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        return None

class AbstractAsyncContextManager:
    async def __aenter__(self):
        return self
    async def __aexit__(self, *exc):
        return None

class ExitStack:
    def __init__(self):
        self._callbacks = []
    def enter_context(self, cm):
        cls = type(cm)
        result = cls.__enter__(cm)
        def leave(typ, value, tb):
            return cls.__exit__(cm, typ, value, tb)
        self._callbacks.append(leave)
        return result
    def push(self, exit):
        if hasattr(type(exit), '__exit__'):
            def leave(typ, value, tb):
                return type(exit).__exit__(exit, typ, value, tb)
            self._callbacks.append(leave)
        else:
            self._callbacks.append(exit)
        return exit
    def callback(self, callback, /, *args, **kwds):
        def leave(typ, value, tb):
            callback(*args, **kwds)
        self._callbacks.append(leave)
        return callback
    def pop_all(self):
        other = ExitStack()
        other._callbacks = self._callbacks
        self._callbacks = []
        return other
    def close(self):
        self.__exit__(None, None, None)
    def __enter__(self):
        return self
    def __exit__(self, typ, value, tb):
        pending = value
        while self._callbacks:
            leave = self._callbacks.pop()
            try:
                if leave(None if pending is None else type(pending), pending, None):
                    pending = None
            except BaseException as e:
                pending = e
        if pending is not None and pending is not value:
            raise pending
        return value is not None and pending is None

class AsyncExitStack:
    def __init__(self):
        self._callbacks = []
    def enter_context(self, cm):
        result = type(cm).__enter__(cm)
        async def leave(typ, value, tb):
            return type(cm).__exit__(cm, typ, value, tb)
        self._callbacks.append(leave)
        return result
    async def enter_async_context(self, cm):
        result = await type(cm).__aenter__(cm)
        async def leave(typ, value, tb):
            return await type(cm).__aexit__(cm, typ, value, tb)
        self._callbacks.append(leave)
        return result
    def callback(self, callback, /, *args, **kwds):
        async def leave(typ, value, tb):
            callback(*args, **kwds)
        self._callbacks.append(leave)
        return callback
    def push_async_callback(self, callback, /, *args, **kwds):
        async def leave(typ, value, tb):
            await callback(*args, **kwds)
        self._callbacks.append(leave)
        return callback
    async def aclose(self):
        await self.__aexit__(None, None, None)
    async def __aenter__(self):
        return self
    async def __aexit__(self, typ, value, tb):
        pending = value
        while self._callbacks:
            leave = self._callbacks.pop()
            try:
                if await leave(None if pending is None else type(pending), pending, None):
                    pending = None
            except BaseException as e:
                pending = e
        if pending is not None and pending is not value:
            raise pending
        return value is not None and pending is None
`;

export const itertoolsPrelude = `
class count:
    def __init__(self, start=0, step=1):
        self._m_n = start
        self._step = step
    def __iter__(self):
        return self
    def __next__(self):
        return __rr_count_next(self, self._step)
    def __repr__(self):
        return 'count(' + repr(self._m_n) + ')' if self._step == 1 else 'count(' + repr(self._m_n) + ', ' + repr(self._step) + ')'

def cycle(iterable):
    saved = []
    for x in iterable:
        yield x
        saved.append(x)
    while saved:
        for x in saved:
            yield x

def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object

class chain:
    def __init__(self, *iterables):
        self._it = _chain(iterables)
    @classmethod
    def from_iterable(cls, iterables):
        c = cls()
        c._it = _chain(iterables)
        return c
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._it)

def _chain(iterables):
    for it in iterables:
        for x in it:
            yield x

def islice(iterable, *args):
    s = slice(*args)
    start = s.start or 0
    stop = s.stop
    step = s.step or 1
    if stop is not None and stop <= start:
        it = iter(iterable)
        for _ in range(stop):
            next(it, None)
        return
    i = 0
    wanted = start
    it = iter(iterable)
    while stop is None or i < stop:
        try:
            x = next(it)
        except StopIteration:
            return
        if i == wanted:
            yield x
            wanted += step
        i += 1

def takewhile(predicate, iterable):
    for x in iterable:
        if not predicate(x):
            return
        yield x

def dropwhile(predicate, iterable):
    dropping = True
    for x in iterable:
        if dropping and predicate(x):
            continue
        dropping = False
        yield x

def filterfalse(predicate, iterable):
    for x in iterable:
        if not (x if predicate is None else predicate(x)):
            yield x

def starmap(function, iterable):
    for args in iterable:
        yield function(*args)

_none = object()

def accumulate(iterable, func=None, *, initial=None):
    it = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(it)
        except StopIteration:
            return
    yield total
    for x in it:
        total = total + x if func is None else func(total, x)
        yield total

def compress(data, selectors):
    for d, s in zip(data, selectors):
        if s:
            yield d

def pairwise(iterable):
    it = iter(iterable)
    try:
        a = next(it)
    except StopIteration:
        return
    for b in it:
        yield a, b
        a = b

def batched(iterable, n):
    batch = []
    for x in iterable:
        batch.append(x)
        if len(batch) == n:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)

def tee(iterable, n=2):
    it = iter(iterable)
    queues = [[] for _ in range(n)]
    def gen(mine):
        while True:
            if not mine:
                try:
                    v = next(it)
                except StopIteration:
                    return
                for q in queues:
                    q.append(v)
            yield mine.pop(0)
    return tuple([gen(q) for q in queues])

def zip_longest(*iterables, fillvalue=None):
    its = [iter(x) for x in iterables]
    active = len(its)
    if not active:
        return
    ended = [False] * len(its)
    while True:
        row = []
        for i in range(len(its)):
            v = fillvalue
            if not ended[i]:
                try:
                    v = next(its[i])
                except StopIteration:
                    ended[i] = True
                    active -= 1
                    if not active:
                        return
            row.append(v)
        yield tuple(row)

def product(*iterables, repeat=1):
    pools = [tuple(p) for p in iterables] * repeat
    result = [[]]
    for pool in pools:
        result = [x + [y] for x in result for y in pool]
    for p in result:
        yield tuple(p)

def permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r
    if r > n:
        return
    indices = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple([pool[i] for i in indices[:r]])
    while n:
        for i in reversed(range(r)):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1:] + indices[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                indices[i], indices[-j] = indices[-j], indices[i]
                yield tuple([pool[i] for i in indices[:r]])
                break
        else:
            return

def combinations(iterable, r):
    pool = tuple(iterable)
    n = len(pool)
    if r > n:
        return
    indices = list(range(r))
    yield tuple([pool[i] for i in indices])
    while True:
        for i in reversed(range(r)):
            if indices[i] != i + n - r:
                break
        else:
            return
        indices[i] += 1
        for j in range(i + 1, r):
            indices[j] = indices[j - 1] + 1
        yield tuple([pool[i] for i in indices])

def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    n = len(pool)
    if not n and r:
        return
    indices = [0] * r
    yield tuple([pool[i] for i in indices])
    while True:
        for i in reversed(range(r)):
            if indices[i] != n - 1:
                break
        else:
            return
        indices[i:] = [indices[i] + 1] * (r - i)
        yield tuple([pool[i] for i in indices])

def groupby(iterable, key=None):
    groups = []
    first = True
    current = None
    for x in iterable:
        k = x if key is None else key(x)
        if first or k != current:
            if not first:
                yield current, iter(groups)
            groups = []
            current = k
            first = False
        groups.append(x)
    if not first:
        yield current, iter(groups)
`;

export const enumPrelude = `
class auto:
    def __init__(self):
        pass

class EnumType(type):
    __rr_enum__ = None
    def __call__(cls, value, *args, **kwargs):
        if args and '_rr_names' in cls.__dict__ and not cls._rr_names:
            return _functional(cls, value, args[0])
        for n in cls._rr_names:
            m = cls.__dict__[n]
            if m._value_ == value:
                return m
        found = cls._missing_(value)
        if found is not None:
            return found
        raise ValueError(repr(value) + ' is not a valid ' + cls.__qualname__)
    def __iter__(cls):
        return iter([cls.__dict__[n] for n in cls._rr_names])
    def __len__(cls):
        return len(cls._rr_names)
    def __contains__(cls, v):
        if isinstance(v, cls):
            return True
        for n in cls._rr_names:
            if cls.__dict__[n]._value_ == v:
                return True
        return False
    def __getitem__(cls, name):
        if name in cls._rr_names or name in cls._rr_aliases:
            return cls.__dict__[name]
        raise KeyError(name)
    def __reversed__(cls):
        return reversed([cls.__dict__[n] for n in cls._rr_names])
    def __bool__(cls):
        return True
    @property
    def __members__(cls):
        return {n: cls.__dict__[n] for n in list(cls._rr_names) + list(cls._rr_aliases)}
    def __repr__(cls):
        return "<enum '" + cls.__name__ + "'>"

EnumMeta = EnumType

def _made(cls):
    names = []
    aliases = []
    type.__setattr__(cls, '_rr_names', names)
    type.__setattr__(cls, '_rr_aliases', aliases)
    last = None
    count = 0
    values = []
    for name, value in list(cls.__dict__.items()):
        if name.startswith('_') or callable(value) and not isinstance(value, auto) or isinstance(value, (property, staticmethod, classmethod)) or name in ('_rr_names', '_rr_aliases'):
            continue
        if hasattr(type(value), '__get__') and not isinstance(value, auto):
            continue
        if isinstance(value, auto):
            value = cls._generate_next_value_(name, 1, count, list(values))
        values.append(value)
        count += 1
        args = value if isinstance(value, tuple) else (value,)
        existing = None
        for n in names:
            if cls.__dict__[n]._value_ == value:
                existing = cls.__dict__[n]
        if existing is not None:
            type.__setattr__(cls, name, existing)
            aliases.append(name)
            continue
        member = __rr_enum_member(cls, value)
        object.__setattr__(member, '_value_', value)
        object.__setattr__(member, '_name_', name)
        object.__setattr__(member, '_rr_order', count)
        if __rr_user(cls, '__init__'):
            cls.__init__(member, *args)
        type.__setattr__(cls, name, member)
        names.append(name)

def _functional(cls, name, names):
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    space = {}
    i = 1
    for n in names:
        if isinstance(n, tuple):
            space[n[0]] = n[1]
        else:
            space[n] = i
        i += 1
    made = __rr_build_class(EnumType, name, (cls,), space)
    _made(made)
    return made

class Enum(metaclass=EnumType):
    def _generate_next_value_(name, start, count, last_values):
        best = start - 1
        for v in last_values:
            if isinstance(v, int) and v > best:
                best = v
        return best + 1
    @classmethod
    def _missing_(cls, value):
        return None
    @property
    def name(self):
        return self._name_
    @property
    def value(self):
        return self._value_
    def __repr__(self):
        return '<' + type(self).__name__ + '.' + self._name_ + ': ' + repr(self._value_) + '>'
    def __str__(self):
        return type(self).__name__ + '.' + self._name_
    def __hash__(self):
        return hash(self._name_)
    def __eq__(self, other):
        if self is other:
            return True
        return NotImplemented
    def __format__(self, spec):
        return format(str(self), spec)
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

class IntEnum(int, Enum):
    def __eq__(self, other):
        return int.__eq__(self, other)
    def __hash__(self):
        return hash(self._value_)
    def __str__(self):
        return str(self._value_)
    def __format__(self, spec):
        return format(self._value_, spec)

class StrEnum(str, Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()
    def __eq__(self, other):
        return str.__eq__(self, other)
    def __hash__(self):
        return hash(self._value_)
    def __str__(self):
        return self._value_
    def __format__(self, spec):
        return format(self._value_, spec)

class Flag(Enum):
    def _generate_next_value_(name, start, count, last_values):
        n = 1
        while n in last_values or (last_values and n <= max(last_values)):
            n *= 2
        return n
    def _combine(self, value):
        cls = type(self)
        for n in cls._rr_names:
            if cls.__dict__[n]._value_ == value:
                return cls.__dict__[n]
        m = __rr_enum_member(cls, value)
        parts = [n for n in cls._rr_names if cls.__dict__[n]._value_ & value]
        object.__setattr__(m, '_value_', value)
        object.__setattr__(m, '_name_', '|'.join(parts))
        return m
    def __or__(self, other):
        return self._combine(self._value_ | other._value_)
    def __and__(self, other):
        return self._combine(self._value_ & other._value_)
    def __xor__(self, other):
        return self._combine(self._value_ ^ other._value_)
    def __invert__(self):
        total = 0
        for n in type(self)._rr_names:
            total |= type(self).__dict__[n]._value_
        return self._combine(total & ~self._value_)
    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_
    def __bool__(self):
        return bool(self._value_)
    def __eq__(self, other):
        return type(other) is type(self) and other._value_ == self._value_
    def __hash__(self):
        return hash(self._value_)

class IntFlag(Flag):
    pass

def unique(cls):
    if cls._rr_aliases:
        raise ValueError('duplicate values found in ' + repr(cls))
    return cls

type.__setattr__(EnumType, '__rr_enum__', _made)
`;
