import itertools as it
print(list(it.chain([1], [2, 3])), list(it.islice(it.count(5), 3)), list(it.product('ab', [1, 2])), list(it.permutations([1, 2, 3], 2)), list(it.combinations('abc', 2)))
print(list(it.accumulate([1, 2, 3])), [(k, list(g)) for k, g in it.groupby('aabbb')], list(it.zip_longest('ab', 'c', fillvalue='-')), list(it.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.dropwhile(lambda x: x < 3, [1, 3, 1])))
print(list(it.repeat('x', 2)), list(it.starmap(pow, [(2, 3)])), list(it.chain.from_iterable([[1], [2]])), list(it.pairwise([1, 2, 3])), list(it.compress('abc', [1, 0, 1])), list(it.islice('abcdef', 1, 5, 2)))
c = it.cycle([1, 2]); print([next(c) for _ in range(5)]); a, b = it.tee([1, 2]); print(list(a), list(b)); n = it.count(); print(next(n), next(n))
