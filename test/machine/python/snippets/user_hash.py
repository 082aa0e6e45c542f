class K:
    def __init__(s, a): s.a = a
    def __eq__(s, o): return s.a == o.a
    def __hash__(s): return hash(s.a)
    def __repr__(s): return f'K({s.a})'
d = {K(1): 'x'}; d[K(2)] = 'y'; d[K(1)] = 'z'; print(d, K(1) in d, K(3) in d, d.get(K(2)), d.pop(K(2)), len(d)); s = {K(1), K(1), K(2)}; s.add(K(2)); print(len(s), K(1) in s); s.discard(K(1)); print(s, {K(5): 1} == {K(5): 1}); del d[K(1)]; print(d, (K(1), 2) in {(K(1), 2): 3}, d.setdefault(K(9), 1))
class NH:
    def __eq__(s, o): return True
try: {NH(): 1}
except TypeError as e: print(e)
