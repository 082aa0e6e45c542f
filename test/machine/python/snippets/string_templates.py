import string
print(string.Template('hi $name ${x} $$').substitute(name='a', x=1), string.Template('$a $b').safe_substitute(a=1), string.Template('$a').substitute({'a': 3}))
try: string.Template('$zz').substitute()
except KeyError as e: print('KeyError', e)
