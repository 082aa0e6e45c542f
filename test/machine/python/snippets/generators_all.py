def g():
    try:
        x = yield 1
        print('got', x)
        while True:
            try: x = yield x * 2
            except ValueError as e: print('ve', e); x = 0
    except GeneratorExit: print('exit'); raise
    finally: print('fin')
a = g(); print(next(a), a.send(5), a.throw(ValueError('v')), a.send(3)); a.close(); a.close()
try: next(a)
except StopIteration as e: print('stop', e.value)
def inner(): r = yield 'i1'; print('inner', r); return 'ret'
def outer(): v = yield from inner(); print('v', v); yield v; return 'end'
o = outer(); print(next(o), o.send('s'))
try: next(o)
except StopIteration as e: print(e.value)
def fin():
    try: yield 1
    finally: yield 2
f = fin(); next(f)
try: f.close()
except RuntimeError as e: print(e)
try: g().send(1)
except TypeError as e: print(e)
def r(): yield; raise StopIteration('x')
q = r(); next(q)
try: next(q)
except RuntimeError as e: print(e, repr(e.__cause__))
def running():
    try: next(me)
    except ValueError as e: print(e)
    yield 1
me = running(); next(me)
e = (x * x for x in range(4)); print(next(e), list(e), list(e), type(e).__name__)
def flatten(l):
    for x in l:
        if isinstance(x, list): yield from flatten(x)
        else: yield x
print(list(flatten([1, [2, [3, []], 4]])), sum(x for x in flatten([[1], 2])), [*flatten([5, [6]])], dict((k, v) for k, v in [('a', 1)]))
def coro():
    total = 0; n = 0; avg = None
    while True:
        v = yield avg
        if v is None: return total
        total += v; n += 1; avg = total / n
c = coro(); next(c); print(c.send(10), c.send(20))
try: c.send(None)
except StopIteration as s: print(s.value)
def thrower():
    try: yield 1
    except KeyError: yield 'handled'
    yield 'after'
t = thrower(); next(t); print(t.throw(KeyError), next(t), next(t, 'over'))
t = thrower(); next(t)
try: t.throw(IndexError('ix'))
except IndexError as e: print(repr(e))
t = thrower()
try: t.throw(ValueError, 'unstarted')
except ValueError as e: print(e)
def deleg():
    try: yield from thrower()
    except RuntimeError as e: print('deleg', e); yield 'rec'
d = deleg(); next(d); print(d.throw(RuntimeError('rr')))
def ctx():
    with open_() as o:
        for i in range(3): yield (i, o)
class open_:
    def __enter__(self): print('open'); return self
    def __exit__(self, *a): print('close', a[0] and a[0].__name__)
    def __repr__(self): return 'o'
for i in ctx():
    print(i)
    if i[0] == 1: break
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1; return self.n
print(list(It(3)), max(It(4)), [i for i in It(2)], 2 in It(5), tuple(It(2)), sorted(It(3)), dict(zip(It(2), 'ab')), *It(2))
a, *b, c = It(5); print(a, b, c)
def early():
    for i in range(3):
        try:
            if i == 1: return 'r'
            yield i
        finally: print('f', i)
print(list(early()))
x = iter(lambda l=[3, 2, 1]: l.pop(), 3); print(list(x))
gen = (i for i in range(3)); print(gen.gi_frame is not None, 1 in gen, list(gen))
