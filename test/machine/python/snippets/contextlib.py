from contextlib import contextmanager, suppress, ExitStack, closing, nullcontext
@contextmanager
def cm(n):
    print('in', n)
    try: yield n * 2
    except ValueError as e: print('handled', e)
    finally: print('out', n)
with cm(1) as v: print(v)
with cm(2): raise ValueError('x')
try:
    with cm(3): raise KeyError('k')
except KeyError as e: print('KE', e)
with suppress(ZeroDivisionError): 1 / 0
with ExitStack() as st:
    st.enter_context(cm(5)); st.callback(print, 'cb'); print('body')
with nullcontext(7) as q: print(q)
