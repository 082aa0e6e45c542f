x = 'global'
class A:
    x = 'class'
    y = [x for _ in range(2)]
    z = x
    def f(self): return x
    class Inner:
        v = 1
        def g(self): return 'inner'
    for i in range(2): pass
    if True: cond = 5
    del i
print(A.y, A.z, A().f(), A.Inner.v, A.Inner().g(), A.cond, hasattr(A, 'i'), A.Inner.__qualname__)
A.new = 7; print(A().new, A.__dict__['new']); a = A(); a.x = 1; del a.x; print(a.x); a.f = lambda: 'own'; print(a.f())
