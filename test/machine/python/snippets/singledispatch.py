from functools import singledispatch, singledispatchmethod
@singledispatch
def show(x, deep=False):
    return 'object ' + repr(x)
@show.register
def _(x: int, deep=False):
    return 'int %d' % x
@show.register
def _(x: list, deep=False):
    return '[' + ', '.join(show(i) for i in x) + ']'
@show.register(str)
def _(x, deep=False):
    return 'str ' + x
def show_dict(x, deep=False):
    return 'dict'
show.register(dict, show_dict)
class Base: pass
class Sub(Base): pass
@show.register
def of_base(x: Base, deep=False):
    return 'base'
print(show(1), show(True), show([1, 'a', 2.5]), show({}), show(Sub()), show(None))
print(show.dispatch(bool) is show.dispatch(int), show.dispatch(float)(1.0))
print(int in show.registry, sorted(c.__name__ for c in show.registry))
print(of_base(3), show.__name__)
try: show()
except TypeError as e: print(e)
class Formatter:
    @singledispatchmethod
    def format(self, v): return 'any'
    @format.register
    def _(self, v: int): return 'int'
    @format.register(list)
    def _(self, v): return 'list of ' + ','.join(self.format(i) for i in v)
print(Formatter().format(1), Formatter().format('x'), Formatter().format([1, 'b']))
from typing import Union
@singledispatch
def g(x): return 'other'
@g.register
def _(x: int | str): return 'int or str'
print(g(1), g('a'), g(None))
