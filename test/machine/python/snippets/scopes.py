x = 1
def f():
    global x
    x = 2
f(); print(x)
def g():
    try:
        print(y_local)
    except UnboundLocalError as e: print(type(e).__name__, e)
    y_local = 1
g()
def h():
    def inner(): return zz
    try: inner()
    except NameError as e: print(type(e).__name__, e)
    zz = 1
h()
del x
try: x
except NameError as e: print(e)
