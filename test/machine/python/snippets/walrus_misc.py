if (n := len([1, 2])) > 1: print(n)
x = y = z = []; x.append(1); print(y, z is x); a, b = c = 1, 2; print(a, b, c)
print([1, 2, 3][-1], 'abc'[-2:], (lambda *a, **k: (a, k))(1, b=2), 1 if [] else 2, not None, 5 if 0 else 6 if 1 else 7)
i = 0; l = [0, 0]; i, l[i] = 1, 5; print(i, l); del l[0]; print(l); x = [1, 2, 3]; x[0], x[2] = x[2], x[0]; print(x); d = {}; d['a'], d['b'] = 1, 2; print(d)
assert True, 'x'
pass
print(__name__, type(print).__name__, 0xff, 0b11, 0o17, 1_000, 1e3, 'a' 'b', r'\n', b'\x41', """m
l""")
x = 5; x += 1; x -= 2; x *= 3; x //= 2; x **= 2; x %= 7; x <<= 2; x |= 1; x ^= 3; print(x); s = 'a'; s += 'b'; s *= 2; print(s); t = (1,); t += (2,); print(t); l = [1]; m = l; l += [2]; print(m)
