s = {3, 1, 2}; s.add(4); s.discard(9); s.remove(1); print(s, len(s), 2 in s)
print({1, 2} | {3}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1} <= {1, 2}, {1, 2} == {2, 1}, set(), frozenset([1]), {1, 2}.isdisjoint({3}))
s |= {10}; s -= {2}; print(sorted(s), sorted({'b', 'a'}), {x % 3 for x in range(10)}, set('a'), {1, 2}.union([5]), {1, 2, 3}.intersection([2, 3]), {5, 16, 8, 0})
print({frozenset([1]): 2}[frozenset([1])], {(1, 2): 3}[(1, 2)])
