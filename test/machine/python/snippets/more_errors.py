def f(a, b=1, *, c=2): return a + b + c
def g(): return x_undefined
x_undefined = 1
del x_undefined
for fn in [lambda: f(), lambda: f(1, 2, 3), lambda: f(1, d=3), lambda: f(1, a=2), lambda: g(), lambda: object().foo, lambda: [1].foo, lambda: int.foo, lambda: iter(5), lambda: next(iter([])), lambda: sorted([1, 'a']), lambda: max([]), lambda: 'a' < 1, lambda: {1: 2} < {}, lambda: {}.pop('x'), lambda: set().pop(), lambda: set().remove(1), lambda: float('abc'), lambda: chr(-1), lambda: ord('ab'), lambda: range(1, 2, 0), lambda: 'x'.join([1]), lambda: list(5), lambda: -'a', lambda: abs('a'), lambda: {}.popitem()]:
    try:
        print(fn())
    except Exception as e:
        print(type(e).__name__, '|', e)
