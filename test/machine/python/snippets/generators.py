def g():
    x = yield 1
    print('got', x)
    try: y = yield 2
    except ValueError as e: print('caught', e); y = yield 99
    return y
it = g(); print(next(it), it.send('a'), it.throw(ValueError('v')))
try: it.send('end')
except StopIteration as e: print('stop', e.value)
def inner():
    r = yield 'i1'
    print('inner got', r)
    return 'ret'
def outer():
    v = yield from inner()
    print('v', v)
    yield from [1, 2]
    yield from (x for x in 'ab')
o = outer(); print(next(o), o.send('S'), list(o))
def c():
    try: yield 1
    finally: print('closed')
x = c(); next(x); x.close(); print(list(x))
def bad(): yield next(iter([]))
try: list(bad())
except RuntimeError as e: print(e)
print(sum(x * x for x in range(5)), list(zip('ab', range(5))), any(x > 3 for x in [1, 5]), all(x for x in []), dict((k, 1) for k in 'ab'), next((x for x in [] if x), 'none'))
def count():
    n = 0
    while True:
        yield n
        n += 1
for i in count():
    if i > 3: break
    print(i, end=' ')
print()
def tree(n):
    if n: 
        yield from tree(n - 1); yield n; yield from tree(n - 1)
print(list(tree(3)))
def t():
    try: yield from inner()
    except KeyError as e: yield 'K'
z = t(); next(z); print(z.throw(KeyError('q')))
g2 = (i for i in range(3)); print(next(g2), list(g2), list(g2))
