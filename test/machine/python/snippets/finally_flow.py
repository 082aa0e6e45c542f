def a():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print('body', i)
        finally: print('fin', i)
    return 'end'
print(a())
def b():
    try: return 1
    finally: return 2
print(b())
def c():
    while True:
        try:
            try: raise ValueError
            finally: print('inner')
        except ValueError: break
        finally: print('outer')
    return 'done'
print(c())
def d():
    for x in [1, 2]:
        with C() as v:
            if x == 1: continue
            return v
class C:
    def __enter__(self): print('enter'); return 7
    def __exit__(self, t, e, tb): print('exit', t); return False
print(d())
class S:
    def __enter__(self): return self
    def __exit__(self, t, e, tb): print(t.__name__, e); return True
with S(): raise ValueError('swallowed')
print('after')
with S() as s1, C() as c1:
    raise KeyError('z')
print('end')
try:
    with 5: pass
except TypeError as e: print(e)
