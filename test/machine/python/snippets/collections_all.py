from collections import deque, defaultdict, OrderedDict, namedtuple, ChainMap, UserDict, UserList
d = deque([1, 2, 3], maxlen=3); d.append(4); d.appendleft(0); print(d, d.maxlen, d[0], d[-1], len(d)); d.rotate(1); print(d); d.rotate(-2); print(d)
d.extend([7, 8]); d.extendleft([9]); print(d, d.pop(), d.popleft(), d.count(7), d.index(7) if 7 in d else None, list(reversed(d)))
d.clear(); print(d, bool(d), deque('abc') == deque('abc'), deque([1]) < deque([2]), deque([1]) + deque([2]))
try: d.pop()
except IndexError as e: print(e)
try: d.popleft()
except IndexError as e: print(e)
e = deque([1, 2, 3]); e.remove(2); e.insert(1, 'x'); e.reverse(); print(e, e.copy(), deque(maxlen=2)); del e[0]; e[0] = 'y'; print(e)
try: e.remove('zz')
except ValueError as x: print(x)
try:
    for i in e: e.append(i)
except RuntimeError as x: print(x)
dd = defaultdict(list); dd['a'].append(1); dd['b']; print(dd, dict(dd), dd.get('c'), 'c' in dd, dd.default_factory)
n = defaultdict(lambda: defaultdict(int)); n['x']['y'] += 2; print({k: dict(v) for k, v in n.items()})
try: defaultdict(None)['k']
except KeyError as x: print(repr(x))
try: defaultdict(5)
except TypeError as x: print(x)
class DD(defaultdict):
    def __missing__(self, k): self[k] = k * 2; return self[k]
print(DD()['ab'], DD(int))
o = OrderedDict(a=1, b=2, c=3); o.move_to_end('a'); o.move_to_end('c', last=False); print(o, o.popitem(), o.popitem(last=False), list(reversed(OrderedDict(x=1, y=2))), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) == {'a': 1})
try: o.move_to_end('zz')
except KeyError as x: print(repr(x))
P = namedtuple('P', 'x y', defaults=[5]); p = P(1); print(p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._make([7, 8]), p == (1, 5), *p, P(y=1, x=2), P.__name__, p + (1,), P._field_defaults)
x, y = p; print(x, y, len(p), isinstance(p, tuple), hash(p) == hash((1, 5)), sorted([P(2, 1), P(1, 9)]))
try: P()
except TypeError as z: print(z)
try: p.x = 3
except AttributeError as z: print(z)
c = ChainMap({'a': 1}, {'a': 2, 'b': 3}); print(c['a'], c['b'], dict(c), list(c), len(c), 'b' in c, c.get('z', 0)); c['b'] = 9; print(c.maps, c.new_child({'q': 1})['q'], c.parents)
print(c)
try: c['zz']
except KeyError as z: print(z)
class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
u = U(A=1); u['B'] = 2; u.update(C=3); print(u, u['a'], len(u), 'c' in u, list(u), u.data, u.pop('a'), u.setdefault('q', 7), u == {'b': 2, 'c': 3, 'q': 7})
class L(UserList):
    def append(self, v): super().append(v * 2)
l = L([1]); l.append(2); l += [5]; print(l, l[0], len(l), l.data, l[1:], 4 in l)
d = {'a': 1, 'b': 2}; print(d.keys() & {'a', 'z'}, d.keys() - {'a'}, d.keys() == {'a', 'b'}, sorted(d.keys() ^ {'c'}), d | {'c': 3}, {**d, 'a': 0}, list(reversed(d)), d.keys().isdisjoint(['x']))
d |= {'z': 26}; print(d, d.pop('z'), d.pop('q', None), d.popitem(), d.setdefault('m', []), dict.fromkeys('ab', 0), dict([('k', 'v')], w=1), dict(zip('ab', [1, 2])))
try: d.pop('nope')
except KeyError as z: print(z)
try: {}.popitem()
except KeyError as z: print(z)
try:
    for k in d: d[k + 'x'] = 1
except RuntimeError as z: print(z)
try: {[]: 1}
except TypeError as z: print(z)
