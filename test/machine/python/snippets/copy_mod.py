import copy
a = [1, [2, 3], {'k': [4]}]; b = copy.copy(a); c = copy.deepcopy(a); a[1].append(9); a[2]['k'].append(5); print(b, c)
class O:
    def __init__(s): s.l = [1]
o = O(); p = copy.copy(o); q = copy.deepcopy(o); o.l.append(2); print(p.l, q.l, p is o)
