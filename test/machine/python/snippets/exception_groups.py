try:
    raise ExceptionGroup('eg', [ValueError(1), TypeError('t'), ExceptionGroup('inner', [ValueError(2), KeyError('k')])])
except* ValueError as eg:
    print('values', eg, eg.exceptions, [type(e).__name__ for e in eg.exceptions])
except* TypeError as eg:
    print('types', eg.exceptions)
except* KeyError as eg:
    print('keys', eg.exceptions, eg.exceptions[0].exceptions)
try:
    try:
        raise ExceptionGroup('eg', [ValueError(1), TypeError('t'), OSError('o')])
    except* ValueError as eg:
        print('caught', eg.exceptions)
except ExceptionGroup as rest:
    print('rest', rest, rest.message, rest.exceptions)
try:
    raise ValueError('plain')
except* ValueError as eg:
    print('wrapped', type(eg).__name__, repr(eg.message), eg.exceptions)
try:
    try:
        raise ExceptionGroup('eg', [ValueError(1), TypeError('t')])
    except* ValueError as eg:
        raise RuntimeError('new')
except BaseException as e:
    print(type(e).__name__, e, getattr(e, 'exceptions', None))
def f():
    try:
        pass
    except* ValueError:
        print('no')
    else:
        print('else')
    finally:
        print('finally')
f()
eg = ExceptionGroup('m', [ValueError(1), TypeError(2), ExceptionGroup('n', [ValueError(3)])])
print(eg.subgroup(ValueError), eg.split(TypeError), eg.subgroup(KeyError))
print(repr(eg), str(eg))
print(eg.subgroup(lambda e: isinstance(e, ValueError) and e.args[0] == 3))
print(eg.derive([KeyError('x')]))
try: ExceptionGroup('m', [])
except ValueError as e: print(e)
try: ExceptionGroup('m', [KeyboardInterrupt()])
except TypeError as e: print(e)
print(type(BaseExceptionGroup('m', [ValueError()])).__name__, type(BaseExceptionGroup('m', [KeyboardInterrupt()])).__name__)
print(isinstance(eg, Exception), issubclass(ExceptionGroup, BaseExceptionGroup))
try:
    try:
        raise ExceptionGroup('eg', [ValueError(1), TypeError('t')])
    except* (ValueError, TypeError) as eg:
        print(eg.exceptions)
        raise
except* ValueError as again:
    print('again', again.exceptions)
except* TypeError as again:
    print('again t', again.exceptions)
for i in range(3):
    try:
        try:
            if i == 1: raise ExceptionGroup('g', [OSError(i)])
            if i == 2: raise KeyError(i)
            print('none')
        except* OSError as e:
            print('os', e.exceptions)
    except KeyError as e:
        print('key', e)
