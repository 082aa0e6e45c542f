a = [3, 1, 2]
a.append(4); a.insert(0, 9); a.extend([7, 8]); print(a, a.pop(), a.pop(0), a)
a.sort(); print(a); a.reverse(); print(a, a.index(3), a.count(2)); a.remove(3); print(a)
print(a[1:], a[:-1], a[::2], a + [1], a * 2, 2 in a, [1, 2] < [1, 3], [1] == [1.0])
a[1:3] = [10, 20, 30]; print(a); del a[0]; print(a); a[::2] = [0, 0]; print(a); a.clear(); print(a, not a)
b = [[0] * 2 for _ in range(2)]; b[0][0] = 1; print(b); c = b.copy(); c.append(1); print(b, c)
print(sorted([3, 1, 2], reverse=True), sorted('bca'), sorted(['aa', 'b'], key=len), list(reversed([1, 2, 3])), max([1, 5, 2]), min(3, 1), sum([1, 2], 10))
