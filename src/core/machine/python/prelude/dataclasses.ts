/** dataclasses, in Python. */
export const dataclassesPrelude = `
class _Missing:
    def __repr__(self):
        return '<MISSING>'
MISSING = _Missing()
KW_ONLY = 'KW_ONLY'

class InitVar:
    def __init__(self, type):
        self.type = type
    def __class_getitem__(cls, type):
        return InitVar(type)

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
        self.is_init_var = False

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
        if text.startswith('InitVar') or text.startswith('dataclasses.InitVar'):
            f.is_init_var = True
        if keyword:
            f.kw_only = True
        fields[name] = f
    return fields

def _values(o, names):
    return tuple([getattr(o, n) for n in names])

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)
    if cls is None:
        return wrap
    return wrap(cls)

def _process(cls, init, repr_, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    fields = _collect(cls, kw_only)
    setattr(cls, '__dataclass_fields__', fields)
    setattr(cls, '__dataclass_frozen__', frozen)
    arguments = list(fields.values())
    all_fields = [f for f in arguments if not f.is_init_var]
    init_vars = [f.name for f in arguments if f.is_init_var]
    in_init = [f for f in arguments if f.init]
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
                raise TypeError(name + '.__init__() takes ' + takes + ' positional argument' + ('' if takes == '1' else 's') + ' but ' + str(len(args) + 1) + (' was given' if len(args) == 0 else ' were given'))
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
                self.__post_init__(*[given[n] if n in given else fields[n].default for n in init_vars])
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
    return __rr_with_slots(cls, tuple([f.name for f in all_fields])) if slots else cls

def fields(o):
    known = getattr(o, '__dataclass_fields__', None)
    if known is None:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple([f for f in known.values() if not f.is_init_var])

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

def _as_tuple(v):
    if hasattr(type(v), '__dataclass_fields__'):
        return astuple(v)
    if isinstance(v, list):
        return [_as_tuple(x) for x in v]
    if isinstance(v, tuple):
        return tuple([_as_tuple(x) for x in v])
    if isinstance(v, dict):
        return {_as_tuple(k): _as_tuple(x) for k, x in v.items()}
    return v

def asdict(o, *, dict_factory=dict):
    if not hasattr(type(o), '__dataclass_fields__'):
        raise TypeError('asdict() should be called on dataclass instances')
    return dict_factory([(f.name, _as(getattr(o, f.name))) for f in fields(o)])

def astuple(o, *, tuple_factory=tuple):
    if not hasattr(type(o), '__dataclass_fields__'):
        raise TypeError('astuple() should be called on dataclass instances')
    return tuple_factory([_as_tuple(getattr(o, f.name)) for f in fields(o)])

def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    space = dict(namespace or {})
    notes = {}
    for item in fields:
        if isinstance(item, str):
            item = (item, 'typing.Any')
        notes[item[0]] = item[1] if isinstance(item[1], str) else __rr_type_name(item[1])
        if len(item) == 3:
            space[item[0]] = item[2]
    space['__annotations__'] = notes
    return _process(type(cls_name, bases, space), init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)

def __rr_type_name(t):
    return getattr(t, '__name__', 'typing.Any')

def replace(o, /, **changes):
    if not hasattr(type(o), '__dataclass_fields__'):
        raise TypeError('replace() should be called on dataclass instances')
    for f in o.__dataclass_fields__.values():
        if not f.init:
            if f.name in changes:
                raise ValueError('field ' + f.name + ' is declared with init=False, it cannot be specified with replace()')
        elif f.name not in changes:
            if f.is_init_var:
                if f.default is MISSING:
                    raise ValueError('InitVar ' + repr(f.name) + ' must be specified with replace()')
                continue
            changes[f.name] = getattr(o, f.name)
    return type(o)(**changes)
`;
