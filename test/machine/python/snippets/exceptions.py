def f(n):
    try:
        if n == 0: return 'ok'
        if n == 1: raise ValueError('bad')
        if n == 2: raise KeyError('k')
        if n == 3: 1 / 0
    except ValueError as e: return f'V {e}'
    except (KeyError, IndexError) as e: return f'K {e!r} {e.args}'
    else: return 'else'
    finally: print('finally', n)
for i in range(3): print(f(i))
try: f(3)
except ZeroDivisionError as e: print(e)
class MyErr(Exception):
    def __init__(self, code): super().__init__(f'code {code}'); self.code = code
try: raise MyErr(5)
except MyErr as e: print(e, e.code, e.args, isinstance(e, Exception))
try:
    try: raise ValueError('a')
    except ValueError as e: raise TypeError('b') from e
except TypeError as e: print(e, repr(e.__cause__))
try:
    try: raise ValueError('a')
    except ValueError: raise TypeError('b')
except TypeError as e: print(repr(e.__context__), e.__cause__)
try:
    try: 1/0
    except ZeroDivisionError: raise
except ZeroDivisionError as e: print('re', e)
print(repr(ValueError()), str(ValueError()), repr(ValueError(1, 2)), str(ValueError(1, 2)), str(KeyError('x')), repr(OSError(2, 'no')), str(OSError(2, 'no')))
try: raise 5
except TypeError as e: print(e)
try: assert 1 == 2, 'msg'
except AssertionError as e: print('A', e)
try: raise StopIteration(5)
except StopIteration as e: print(e.value)
