class Desc:
    def __set_name__(self, owner, name): self.name = name; print('set_name', owner.__name__, name)
    def __get__(self, o, cls=None): return self if o is None else o.__dict__.get('_' + self.name, 'none')
    def __set__(self, o, v): o.__dict__
    
class U:
    d = Desc()
print(U().d, type(U.d).__name__)
class G:
    def __getattr__(self, n): return 'got ' + n
    def __setattr__(self, n, v): object.__setattr__(self, n, v * 2)
g = G(); g.a = 2; print(g.a, g.b, getattr(g, 'c'))
class H:
    def __getattribute__(self, n):
        if n == 'x': return 'X'
        return super().__getattribute__(n)
h = H(); h.y = 1; print(h.x, h.y)
