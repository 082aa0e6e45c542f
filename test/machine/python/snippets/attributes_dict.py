class A: pass
a = A(); a.__dict__['x'] = 1; print(a.x); a.__dict__.update(y=2); print(a.y, vars(a)); a.x = 5; print(a.__dict__['x'], 'x' in a.__dict__); del a.__dict__['x']; print(hasattr(a, 'x')); a.__dict__.pop('y'); print(a.__dict__)
d = a.__dict__; a.z = 3; print(d, d is a.__dict__); d.clear(); print(hasattr(a, 'z')); d['k'] = 1; del a.k; print(d)
vars(a)['q'] = 4; print(a.q); a.__dict__.setdefault('w', []).append(1); print(a.w)
def f(): pass
f.__dict__['m'] = 1; print(f.m); f.__dict__.update({'n': 2}); print(f.n)
class O:
    def __init__(self): self.__dict__['_options'] = {}
    def __getattr__(self, name):
        if name in self._options: return self._options[name]
        raise AttributeError(name)
    def __setattr__(self, name, v): self._options[name] = v
o = O(); o.x = 1; print(o.x)
class B:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1
class C(B):
    __slots__ = B.__slots__ + ('c',)
print(B.__slots__, C.__slots__, C().a)
print(sorted(k for k in globals() if k in ('A', 'O', 'nothing')))
x = 1
globals()['y'] = 2
print(y)
globals()['x'] = 5
print(x)


def more():
    globals().update(z=3)
    del globals()['x']


more()
print(z, 'x' in globals())
