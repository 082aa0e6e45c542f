class R:
    def __init__(self, n): self.n = n
    def __iter__(self): self.i = 0; return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(R(3)), [x for x in R(2)], sum(R(4)), max(R(3)), 2 in R(3), tuple(R(2)), set(R(2)), sorted(R(3), reverse=True), dict(zip(R(2), 'ab')))
a, b, c = R(3); print(a, b, c); first, *rest = iter([1, 2, 3, 4]); print(first, rest, [*R(2), *R(1)], list(enumerate(R(2), 1)), list(map(str, R(3))), list(filter(lambda x: x > 1, R(3))), ','.join(map(str, R(3))))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), list(reversed([1, 2])), list(iter(lambda: 1, 1)))
def f(*a, **k): return a, k
print(f(*R(3), **{'z': 1}), *R(2), {**{'a': 1}}, (*R(2),), {*R(2)})
it = iter([1, 2, 3]); print(next(it), list(it), next(it, 'd'))
