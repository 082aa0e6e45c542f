d = [('b', 2), ('a', 2), ('c', 1)]
print(sorted(d), sorted(d, key=lambda p: p[1]), sorted(d, key=lambda p: (-p[1], p[0])), sorted(d, key=lambda p: p[1], reverse=True)); d.sort(key=lambda p: p[0]); print(d)
class K:
    def __init__(s, v): s.v = v
    def __lt__(s, o): return s.v < o.v
    def __repr__(s): return f'K{s.v}'
print(sorted([K(3), K(1), K(2)]), min([K(3), K(1)]), max([K(3), K(1)], key=lambda k: -k.v), sorted([K(2), K(1)], reverse=True), min([], default=0), max('a', 'bb', key=len), sorted([[2, K(1)], [1, K(2)]]))
