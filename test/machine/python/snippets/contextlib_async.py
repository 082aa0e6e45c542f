from contextlib import *
from contextlib import AsyncContextDecorator
import asyncio
async def gen():
    try: yield 1; yield 2
    finally: print('fin')
async def main():
    async with aclosing(gen()) as g:
        async for v in g: print(v); break
    class A(AsyncContextDecorator):
        async def __aenter__(self): print('e'); return self
        async def __aexit__(self, *a): print('x')
    @A()
    async def f(): print('f'); return 3
    print(await f())
    @asynccontextmanager
    async def cm(): yield 5
    @cm()
    async def h(): return 9
    print(await h())
asyncio.run(main())
import os
@contextmanager
def c():
    print('in')
    try: yield
    finally: print('out')
@c()
def d(): print('d')
d(); d()
with redirect_stdout(__import__('io').StringIO()) as s: print('hid')
print(repr(s.getvalue()))
class AC(AbstractContextManager):
    def __exit__(self, *a): return True
with AC(): raise ValueError
with ExitStack() as st:
    st.enter_context(AC()); st.pop_all().close()
