/** enum, in Python. */
export const enumPrelude = `
class _Later:
    def __init__(self, op, *operands):
        self.op = op
        self.operands = operands
        self.value = None
    def made(self):
        if self.value is None:
            self.value = self.op(*[o.made() if isinstance(o, _Later) else o for o in self.operands])
        return self.value
    def __or__(self, other): return _Later(lambda a, b: a | b, self, other)
    def __ror__(self, other): return _Later(lambda a, b: a | b, other, self)
    def __and__(self, other): return _Later(lambda a, b: a & b, self, other)
    def __xor__(self, other): return _Later(lambda a, b: a ^ b, self, other)
    def __invert__(self): return _Later(lambda a: ~a, self)

class auto(_Later):
    def __init__(self):
        self.value = None

class EnumType(type):
    __rr_enum__ = None
    def __call__(cls, value, *args, **kwargs):
        if args and not cls.__dict__.get('_rr_names'):
            return _functional(cls, value, args[0])
        if isinstance(value, cls):
            return value
        for n in list(cls._rr_names) + list(cls._rr_aliases):
            m = cls.__dict__[n]
            if m._value_ == value:
                return m
        found = cls._missing_(value)
        if found is not None:
            return found
        raise ValueError(repr(value) + ' is not a valid ' + cls.__qualname__)
    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_rr_names', ()) or name in cls.__dict__.get('_rr_aliases', ()):
            raise AttributeError('cannot reassign member ' + repr(name))
        type.__setattr__(cls, name, value)
    def __delattr__(cls, name):
        if name in cls.__dict__.get('_rr_names', ()) or name in cls.__dict__.get('_rr_aliases', ()):
            raise AttributeError(repr(cls.__name__) + ' cannot delete member ' + repr(name) + '.')
        type.__delattr__(cls, name)
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
        return ('<flag ' if issubclass(cls, Flag) else '<enum ') + repr(cls.__name__) + '>'

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
        if name.startswith('_') or callable(value) and not isinstance(value, _Later) or isinstance(value, (property, staticmethod, classmethod)) or name in ('_rr_names', '_rr_aliases'):
            continue
        if hasattr(type(value), '__get__') and not isinstance(value, _Later):
            continue
        if isinstance(value, auto):
            value.value = cls._generate_next_value_(name, 1, count, list(values))
        if isinstance(value, _Later):
            value = value.made()
        args = value if isinstance(value, tuple) else (value,)
        made = None
        if __rr_user(cls, '__new__'):
            made = cls.__new__(cls, *args)
            if '_value_' in made.__dict__:
                value = made._value_
        values.append(value)
        count += 1
        existing = None
        for n in names:
            if cls.__dict__[n]._value_ == value:
                existing = cls.__dict__[n]
        if existing is not None:
            type.__setattr__(cls, name, existing)
            aliases.append(name)
            continue
        member = __rr_enum_member(cls, value) if made is None else made
        object.__setattr__(member, '_value_', value)
        object.__setattr__(member, '_name_', name)
        object.__setattr__(member, '_rr_order', count)
        if __rr_user(cls, '__init__'):
            cls.__init__(member, *args)
        type.__setattr__(cls, name, member)
        # Of a flag only single bits are members of their own.
        is_single = not issubclass(cls, Flag) or value > 0 and value & (value - 1) == 0
        (names if is_single else aliases).append(name)

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

def _bits(cls):
    total = 0
    for n in cls._rr_names:
        total |= cls.__dict__[n]._value_
    return total

class Flag(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return 2 ** max(last_values).bit_length() if last_values else start
    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        allowed = _bits(cls)
        if value < 0:
            value = allowed & value if not issubclass(cls, int) else max(allowed + 1, 2 ** value.bit_length()) + value
        unknown = value & ~allowed
        if unknown and not issubclass(cls, int):
            width = max(value.bit_length(), allowed.bit_length())
            raise ValueError(repr(cls) + ' invalid value ' + repr(value) + '\\n    given 0b0 ' + format(value, '0' + str(width) + 'b') + '\\n  allowed 0b0 ' + format(allowed, '0' + str(width) + 'b'))
        return _composite(cls, value)
    def __iter__(self):
        cls = type(self)
        return iter([cls.__dict__[n] for n in cls._rr_names if cls.__dict__[n]._value_ & self._value_])
    def __len__(self):
        return self._value_.bit_count()
    def _other(self, other):
        if isinstance(other, type(self)):
            return other._value_
        if isinstance(self, int) and isinstance(other, int):
            return int(other)
        return None
    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else _composite(type(self), self._value_ | value)
    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else _composite(type(self), self._value_ & value)
    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else _composite(type(self), self._value_ ^ value)
    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__
    def __invert__(self):
        return _composite(type(self), _bits(type(self)) & ~self._value_)
    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError("unsupported operand type(s) for 'in': " + repr(type(other).__qualname__) + ' and ' + repr(type(self).__qualname__))
        return other._value_ & self._value_ == other._value_
    def __bool__(self):
        return bool(self._value_)
    def __repr__(self):
        name = type(self).__name__
        return '<' + name + ('' if self._name_ is None else '.' + self._name_) + ': ' + repr(self._value_) + '>'
    def __str__(self):
        return type(self).__name__ + ('(' + repr(self._value_) + ')' if self._name_ is None else '.' + self._name_)
    def __eq__(self, other):
        return type(other) is type(self) and other._value_ == self._value_
    def __hash__(self):
        return hash(self._value_)

def _composite(cls, value):
    for n in list(cls._rr_names) + list(cls._rr_aliases):
        if cls.__dict__[n]._value_ == value:
            return cls.__dict__[n]
    made = __rr_enum_member(cls, value)
    parts = [n for n in cls._rr_names if cls.__dict__[n]._value_ & value]
    unknown = value & ~_bits(cls)
    if unknown and parts:
        parts.append(str(unknown))
    object.__setattr__(made, '_value_', value)
    object.__setattr__(made, '_name_', '|'.join(parts) if parts else None)
    return made

class IntFlag(int, Flag):
    def __eq__(self, other):
        return int.__eq__(self, other)
    def __hash__(self):
        return hash(self._value_)
    def __str__(self):
        return str(self._value_)
    def __format__(self, spec):
        return format(self._value_, spec)

def unique(cls):
    if cls._rr_aliases:
        names = [n + ' -> ' + cls.__dict__[n]._name_ for n in cls._rr_aliases]
        raise ValueError('duplicate values found in ' + repr(cls) + ': ' + ', '.join(names))
    return cls

type.__setattr__(EnumType, '__rr_enum__', _made)
`;
