import weakref
class A:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'A({self.n})'
a = A(1); r = weakref.ref(a)
print(r() is a, r().n, weakref.ref(a) is r, r == weakref.ref(a), weakref.getweakrefcount(a))
d = weakref.WeakValueDictionary()
d['x'] = a; print(d['x'], 'x' in d, len(d), d.get('y'), list(d.items()), dict(d))
try: d['nope']
except KeyError as e: print('KeyError', e)
k = weakref.WeakKeyDictionary(); k[a] = 'v'; print(k[a], a in k, len(k))
s = weakref.WeakSet([a]); s.add(a); print(len(s), a in s, list(s)); s.discard(a); print(len(s))
try: weakref.ref(1)
except TypeError as e: print(e)
try: d['i'] = 5
except TypeError as e: print(e)
p = weakref.proxy(a); print(p.n); p.n = 5; print(a.n)
class M:
    def go(self): return 'went'
mm = M(); wm = weakref.WeakMethod(mm.go); print(wm()())
print(d.setdefault('z', a), d.pop('z'), sorted(d.keys()), list(d.values()))
f = weakref.finalize(a, print, 'final'); print(f.alive)
f(); print(f.alive)
