from contextlib import contextmanager, suppress, closing, ExitStack, nullcontext, redirect_stdout, AbstractContextManager, ContextDecorator, AsyncExitStack, asynccontextmanager
import io, asyncio
class Tx:
    def __init__(self, log): self.log = log
    def __enter__(self): self.log.append('begin'); return self
    def __exit__(self, t, v, tb):
        self.log.append('rollback' if t else 'commit'); return t is KeyError
log = []
with Tx(log) as t: log.append('work')
with Tx(log): raise KeyError('x')
try:
    with Tx(log): raise ValueError('y')
except ValueError: log.append('out')
print(log)
@contextmanager
def tag(n):
    print('<%s>' % n)
    try: yield n
    except ZeroDivisionError: print('swallowed')
    finally: print('</%s>' % n)
with tag('a') as x, tag('b'): print(x); 1 / 0
print('after')
with ExitStack() as st:
    st.enter_context(tag('s1')); st.callback(print, 'cb', 1); st.push(lambda *a: print('exit', a[0])); s2 = st.enter_context(tag('s2')); print('in', s2)
with ExitStack() as st:
    st.callback(print, 'never'); keep = st.pop_all()
keep.close()
with suppress(KeyError, IndexError): {}['k']
class C:
    def close(self): print('closed')
with closing(C()) as c: print('c')
with nullcontext(5) as n: print(n)
buf = io.StringIO()
with redirect_stdout(buf): print('hidden')
print(repr(buf.getvalue()))
@tag('deco')
def f(): return 'f'
print(f())
@contextmanager
def bad(): yield 1; yield 2
try:
    with bad(): pass
except RuntimeError as e: print(e)
@contextmanager
def none():
    if False: yield
try:
    with none(): pass
except RuntimeError as e: print(e)
class D(ContextDecorator):
    def __enter__(self): print('D in'); return self
    def __exit__(self, *a): print('D out')
@D()
def g(): print('g')
g()
@asynccontextmanager
async def ac(n):
    print('a<', n)
    try: yield n
    finally: await asyncio.sleep(0); print('a>', n)
async def main():
    async with ac(1) as a, ac(2): print(a)
    async with AsyncExitStack() as st:
        await st.enter_async_context(ac(3)); st.push_async_callback(asyncio.sleep, 0); st.callback(print, 'sync cb'); st.enter_context(tag('t'))
    try:
        async with ac(4): raise LookupError('z')
    except LookupError as e: print(repr(e))
asyncio.run(main())
with (tag('p') as p, tag('q') as q): print(p + q)
try:
    with tag('r'): raise OSError('escape')
except OSError as e: print(e, e.__context__)
