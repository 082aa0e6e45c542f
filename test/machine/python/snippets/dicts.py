d = {'a': 1, 'b': 2}
d['c'] = 3; print(d, d['a'], d.get('x'), d.get('x', 0), 'a' in d, len(d), list(d), list(d.values()), list(d.items()))
print(d.pop('a'), d.pop('zz', None), d.setdefault('q', []), d, d.popitem(), d)
d.update({'m': 1}, n=2); print(d, {**d, 'z': 0}, d | {'b': 9}, dict([(1, 2)]), dict(a=1), dict.fromkeys('ab', 0))
del d['b']; print(d, {k: v for k, v in d.items() if v}, d == dict(d), {1: 'a', 1.0: 'b', True: 'c'}, d.keys(), d.values(), d.items())
for k in d: print(k, d[k])
e = d.copy(); e.clear(); print(e, d, sorted({'b': 1, 'a': 2}), max({'b': 1, 'a': 2}), reversed is not None, list(reversed({'x': 1, 'y': 2})))
