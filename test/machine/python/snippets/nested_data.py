data = {'users': [{'name': 'a', 'tags': {'x', }}, {'name': 'b', 'tags': set()}]}
for u in data['users']: u['n'] = len(u['tags']); print(u['name'], u['n'], sorted(u))
data['users'][0]['tags'].add('y'); print(sorted(data['users'][0]['tags'])); print({'a': {'b': {'c': [1, (2, 3), {4}]}}}); l = [1]; l.append(l); print(l); d = {}; d['d'] = d; print(d)
def flat(x): return [z for y in x for z in (flat(y) if isinstance(y, list) else [y])]
print(flat([1, [2, [3, [4]]]]))
