class A:
    count = 0
    def __init__(self, v): self.v = v; A.count += 1
    def __repr__(self): return f'A({self.v!r})'
    def __str__(self): return f'<{self.v}>'
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __lt__(self, o): return self.v < o.v
    def __add__(self, o): return A(self.v + (o.v if isinstance(o, A) else o))
    def __radd__(self, o): return A(o + self.v)
    def __len__(self): return 3
    def __getitem__(self, i): return i * 2
    def __contains__(self, x): return x == 5
    def __call__(self, *a): return a
    def __bool__(self): return self.v > 0
    def __neg__(self): return A(-self.v)
    def __iadd__(self, o): self.v += 100; return self
a, b = A(1), A(2)
print(a, repr(a), [a, b], a == A(1), a != b, a < b, a > b, sorted([b, a]), a + b, a + 5, 5 + a, len(a), a[4], 5 in a, 6 in a, a(1, 2), bool(A(0)), -a, A.count)
a += 1; print(a, {a: 1}[A(101)], {A(1), A(1)}, max(a, b), f'{a}', f'{a!r}', '%s %r' % (a, b), str([a]), A(1) in [A(2), A(1)], [A(1)].index(A(1)), [A(1), A(2)].count(A(2)))
