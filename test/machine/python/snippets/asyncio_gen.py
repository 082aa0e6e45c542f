import asyncio
from contextlib import asynccontextmanager
async def ag(n):
    for i in range(n): await asyncio.sleep(0); yield i
@asynccontextmanager
async def acm(): print('in'); yield 5; print('out')
class AI:
    def __init__(s): s.n = 0
    def __aiter__(s): return s
    async def __anext__(s):
        s.n += 1
        if s.n > 2: raise StopAsyncIteration
        return s.n
class AC:
    async def __aenter__(s): print('ae'); return s
    async def __aexit__(s, *a): print('ax', a[0]); return True
async def main():
    print([x async for x in ag(3)], {x async for x in ag(2)}, [x async for x in AI()])
    async for x in ag(2): print(x)
    else: print('else')
    async with acm() as v: print(v)
    async with AC(): raise ValueError('q')
    g = ag(5); print(await g.__anext__(), await anext(g)); await g.aclose()
    print([await f for f in [asyncio.sleep(0, 1)]])
    print(sum([x async for x in ag(4) if x % 2]))
asyncio.run(main())
