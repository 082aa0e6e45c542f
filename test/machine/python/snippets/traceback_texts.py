import sys, traceback
def f():
    raise ValueError('bad')
try: f()
except ValueError as e:
    print(traceback.format_exception_only(type(e), e), traceback.format_exception_only(e))
    print(sys.exc_info()[0].__name__, sys.exc_info()[1] is e, sys.exc_info()[2] is not None, e.__traceback__ is not None)
    lines = traceback.format_exception(type(e), e, e.__traceback__)
    print(lines[0], lines[-1], type(traceback.format_exc()) is not None)
print(traceback.format_exc(), sys.exc_info())
class KeyErr(KeyError):
    def __init__(self, *a): super().__init__(*a)
try:
    try: raise KeyErr
    except KeyError: raise RuntimeError('outer') from None
except RuntimeError as e: print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
