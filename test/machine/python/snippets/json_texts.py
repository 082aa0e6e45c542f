import json
print(json.loads('12345678901234567890123'), json.loads('[1, 2.0, -3, 1e5, 1E-2]'))
print(json.loads('{"b": 1, "a": 2, "10": 3, "2": 4}'), list(json.loads('{"2": 1, "1": 2}')))
print(json.loads('{"a": 1, "a": 2}'), json.loads(' "x\\u00e9\\n" '), json.loads('[NaN, Infinity, -Infinity]'))
for bad in ['', '{', '[1,', '{"a"}', '{"a": }', '[1 2]', 'nope', '"abc', '{"a": 1,}', '[1,]', '1 2', "{'a': 1}", '{"a": 1\n "b": 2}', 'tru', '01', '-', '"\t"', '"\\x"', '{1: 2}', '[}', ' ']:
    try: print(json.loads(bad))
    except json.JSONDecodeError as e: print(repr(bad), '|', e, '|', e.msg, e.pos, e.lineno, e.colno, e.doc == bad)
    except Exception as e: print(repr(bad), type(e).__name__, e)
print(json.dumps({'b': 1, 'a': [1, 2.5, None, True, False, 'é"\n'], 3: 'x', None: 1, True: 2, 1.5: 3}))
print(json.dumps([10**25, 1e20, 1e16, 1.0, 0.1, float('inf'), float('nan')]))
print(json.dumps({'z': {'y': [1, {'x': []}], 'w': {}}}, indent=2, sort_keys=True))
print(json.dumps('é', ensure_ascii=False), json.dumps((1, 2)), json.dumps({'a': 1}, separators=(',', ':')))
try: json.dumps({1, 2})
except TypeError as e: print(e)
try: json.dumps({(1, 2): 3})
except TypeError as e: print(e)
print(json.dumps({(1, 2): 3, 'a': 1}, skipkeys=True))
class E(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set): return sorted(o)
        return super().default(o)
print(json.dumps({'s': {3, 1, 2}}, cls=E), E().encode([{1}]))
try: json.dumps(object, cls=E)
except TypeError as e: print(e)
print(json.dumps({1, 2}, default=list), json.loads('{"a": [1, {"b": 2}]}', object_hook=lambda d: sorted(d.items())))
print(json.loads('[1.5, 2]', parse_float=str, parse_int=lambda s: 'i' + s), json.loads('{"a": 1}', object_pairs_hook=list))
try: json.loads(None)
except TypeError as e: print(e)
print(json.loads(b'{"k": "v"}'), json.loads(b'[1]'))
a = []; a.append(a)
try: json.dumps(a)
except ValueError as e: print(e)
try: json.dumps(float('nan'), allow_nan=False)
except ValueError as e: print(e)
from enum import Enum, IntEnum
class Color(IntEnum): RED = 1
class S(str, Enum): A = 'a'
print(json.dumps([Color.RED, S.A, True]), json.dumps({'a': {'b': 1}}, indent=4), json.dumps([], indent=2), json.dumps([[1, 2], [3]], indent='\t'))
