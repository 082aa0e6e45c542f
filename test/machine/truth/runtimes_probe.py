"""Whether this interpreter loses updates when two threads run `x = s.v; GAP; s.v = x + 1`.

Reads JSON from the standard input: {gaps: [text], rounds, iterations}. Writes for each gap whether an
update was lost in any round. The code is warm before it is tried: cold calls may switch where hot
ones do not.
"""
import json
import sys
import threading

sys.setswitchinterval(1e-6)
TEMPLATE = '''
class S:
    v = 0
    d = None
s = S()
other = S()
items = [1, 2, 3]
text = "abc"
table = {"k": 0}
class P:
    @property
    def p(self):
        return 1
prop = P()
f = lambda: 1
def call():
    return 1
def work(s, n):
    import math, time
    table = s.d
    for _ in range(n):
        %s
'''


def lost(gap, rounds, iterations):
    scope = {}
    body = gap if '+= 1' in gap else 'x = s.v\n%s\ns.v = x + 1' % gap
    exec(TEMPLATE % body.replace('\n', '\n        '), scope)
    for name in ('other', 's'):
        scope[name].d = {'k': 0}
    scope['work'](scope['other'], 2000 if 'sleep' not in gap else 2)
    for _ in range(rounds):
        s = scope['s']
        s.v = 0
        s.d['k'] = 0
        threads = [threading.Thread(target=scope['work'], args=(s, iterations)) for _ in range(2)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        if max(s.v, s.d['k']) < 2 * iterations:
            return True
    return False


job = json.load(sys.stdin)
print(json.dumps([lost(g['gap'], job['rounds'], g.get('iterations', job['iterations'])) for g in job['gaps']]))
