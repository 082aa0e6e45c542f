print([x * y for x in range(3) for y in range(3) if x != y], {x: x ** 2 for x in range(3)}, {x % 2 for x in range(5)}, [[j for j in range(i)] for i in range(3)])
print([y for x in [1, 2] if (y := x * 2) > 2], [(i, c) for i, c in enumerate('ab')], [x if x > 1 else -x for x in range(3)], [*range(3), 9])
m = [[1, 2], [3, 4]]; print([list(r) for r in zip(*m)], [x for r in m for x in r])
