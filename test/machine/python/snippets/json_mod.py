import json
print(json.dumps({'a': [1, 2.5, None, True], 'b': {'c': 'é"\n'}}), json.dumps([1, 2], indent=2), json.loads('{"a": [1, 2.0, null, true], "b": "x"}'), json.dumps({'b': 1, 'a': 2}, sort_keys=True), json.dumps('x'), json.dumps((1,)), json.dumps({1: 2}), json.dumps([]), json.dumps([1], separators=(',', ':')))
try: json.loads('{bad')
except ValueError as e: print(type(e).__name__)
try: json.dumps(object())
except TypeError as e: print(e)
