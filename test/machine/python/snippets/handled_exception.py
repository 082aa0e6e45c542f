try:
    try: 1/0
    except ZeroDivisionError:
        try: {}['k']
        except KeyError: pass
        raise
except Exception as e: print(repr(e), repr(e.__context__))
def f():
    try: raise ValueError('v')
    except ValueError: return 1
try:
    try: 1/0
    except ZeroDivisionError:
        f()
        raise
except Exception as e: print(repr(e), repr(e.__context__))
try:
    try: 1/0
    except ZeroDivisionError:
        for i in range(2):
            try: {}['k']
            except KeyError: continue
        raise TypeError('t')
except Exception as e: print(repr(e), repr(e.__context__))
