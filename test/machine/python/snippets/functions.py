def f(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 5, 6, 7, c=8, z=9), f(*[1, 2], **{'c': 3, 'q': 4}))
def g(x, /, y, *, z): return x + y + z
print(g(1, 2, z=3), g(1, y=2, z=3))
def h(l=[]): l.append(1); return l
print(h(), h(), (lambda x, y=1: x + y)(5), f.__name__, g.__defaults__)
def outer():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
i = outer(); print(i(), i(), [fn() for fn in [lambda i=i: i for i in range(3)]], [fn() for fn in [lambda: i for i in range(3)]])
