from itertools import *
import operator
print(list(chain([1], (2, 3), 'ab')), list(chain.from_iterable([[1], [2]])), list(islice(count(5, 2), 3)), list(islice('abcdef', 1, None, 2)))
print([(k, list(g)) for k, g in groupby('aabbbc')], [(k, len(list(g))) for k, g in groupby([1, 3, 2, 4], key=lambda x: x % 2)])
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)), list(accumulate([], initial=0)))
print(list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(permutations([1, 2, 3], 2)), list(combinations('abc', 2)), list(combinations_with_replacement('ab', 2)))
print(list(zip_longest([1, 2], 'a', fillvalue='-')), list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(lambda x: x % 2, range(5))))
print(list(starmap(pow, [(2, 3), (3, 2)])), list(compress('abcd', [1, 0, 1, 0])), list(repeat('x', 3)), list(islice(cycle('ab'), 5)), list(pairwise([1, 2, 3])))
a, b = tee([1, 2, 3]); print(next(a), list(b), list(a))
it = iter([1, 2, 3]); print(next(it), list(it), next(it, 'done'))
c = count(); print(next(c), next(c), c)
print(repeat(5), list(map(operator.add, [1, 2], repeat(10))), sum(islice(repeat(2), 4)))
g = groupby([1, 1, 2]); k1, g1 = next(g); k2, g2 = next(g); print(k1, list(g1), k2, list(g2))
def batched(it, n):
    it = iter(it)
    while b := tuple(islice(it, n)): yield b
print(list(batched(range(7), 3)), dict(zip('abc', count())), list(enumerate('ab', 1)), list(zip(*[(1, 2), (3, 4)])))
print(list(permutations('ab')), list(combinations(range(4), 3)), list(product()), list(chain()), len(list(permutations(range(4)))))
try: next(iter([]))
except StopIteration as e: print(repr(e))
print(max(map(len, ['a', 'bb'])), list(reversed(range(3))), list(map(lambda *a: a, [1, 2], [3, 4])), any(x > 2 for x in [1, 3]), all([]))
