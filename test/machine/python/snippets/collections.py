from collections import deque, defaultdict, OrderedDict, Counter, namedtuple, ChainMap
d = deque([1, 2, 3], maxlen=3); d.append(4); d.appendleft(0); print(d, d.pop(), d.popleft(), d, len(d), d[0], 2 in d); d.rotate(1); d.extend([7, 8]); print(d, list(d))
dd = defaultdict(list); dd['a'].append(1); dd['b']; print(dd, dict(dd), 'z' in dd, dd.get('z')); di = defaultdict(int); di['x'] += 1; print(di)
o = OrderedDict(a=1, b=2); o.move_to_end('a'); print(o, o.popitem(last=False), list(o))
c = Counter('abracadabra'); print(c, c.most_common(2), c['z'], c['a'], sum(c.values()), Counter(a=1) + Counter(a=2, b=1)); c.update('zz'); print(c['z'])
Pt = namedtuple('Pt', 'x y'); p = Pt(1, y=2); print(p, p.x, p[1], p._asdict(), p._replace(x=5), tuple(p), p == (1, 2), Pt._fields, len(p)); x, y = p; print(x, y)
try: p.x = 5
except AttributeError as e: print('AE')
print(ChainMap({'a': 1}, {'a': 2, 'b': 3})['b'])
try: deque().popleft()
except IndexError as e: print(e)
