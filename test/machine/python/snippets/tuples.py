t = (1, 2, 3); a, *b = t; print(t, a, b, t[1:], t + (4,), t * 2, (1,), (), 2 in t, t.index(2), t.count(1), len(t), hash((1, 2)) == hash((1, 2)))
(a, b), c = (1, 2), 3; print(a, b, c); *x, y = [1, 2, 3]; print(x, y); a, b = b, a; print(a, b); x = 1,; print(x)
for i, (p, q) in enumerate([(1, 2), (3, 4)]): print(i, p, q)
try:
    a, b = 1, 2, 3
except ValueError as e: print(e)
try:
    a, b, c = 1, 2
except ValueError as e: print(e)
try:
    a, b = 5
except TypeError as e: print(e)
