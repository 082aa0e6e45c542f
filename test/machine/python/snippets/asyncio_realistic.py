import asyncio
from collections import deque
class Pool:
    def __init__(self, n): self._free = deque(range(n)); self._cond = asyncio.Condition()
    async def acquire(self):
        async with self._cond:
            while not self._free: await self._cond.wait()
            return self._free.popleft()
    async def release(self, c):
        async with self._cond: self._free.append(c); self._cond.notify()
    def connection(self): return Conn(self)
class Conn:
    def __init__(self, pool): self.pool = pool
    async def __aenter__(self): self.c = await self.pool.acquire(); return self.c
    async def __aexit__(self, *e): await self.pool.release(self.c)
class Stream:
    def __init__(self, items): self.items = iter(items)
    def __aiter__(self): return self
    async def __anext__(self):
        await asyncio.sleep(0)
        try: return next(self.items)
        except StopIteration: raise StopAsyncIteration
async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got: print('got', got)
    finally: print('agen closed')
class Await:
    def __await__(self): yield from asyncio.sleep(0).__await__(); return 'awaited'
async def main():
    pool = Pool(2); used = []
    async def use(i):
        async with pool.connection() as c: used.append(c in (0, 1)); await asyncio.sleep(0.001); return i
    print(await asyncio.gather(*map(use, range(5))), all(used))
    print([x async for x in Stream('abc')], [x async for x in agen(4) if x % 2], {x: x * 2 async for x in Stream([1, 2])})
    g = agen(5); print(await g.__anext__(), await g.asend('hello'), await anext(g)); await g.aclose()
    try: await g.__anext__()
    except StopAsyncIteration: print('over')
    g = agen(2); await anext(g)
    try: await g.athrow(ValueError('x'))
    except ValueError as e: print('thrown', e)
    print(await anext(agen(0), 'default'), await Await())
    async def flaky(n, fails=[0]):
        fails[0] += 1
        if fails[0] < n: raise ConnectionError(f'try {fails[0]}')
        return fails[0]
    async def retry(f, *a, times=3):
        for i in range(times):
            try: return await f(*a)
            except ConnectionError as e: print('retry', e); await asyncio.sleep(0)
        else: raise RuntimeError('gave up')
    print(await retry(flaky, 3))
    t = asyncio.create_task(use(9), name='named'); print(t.get_name(), t.done()); await t; print(t.result(), t.exception(), t.done())
    async def cleanup():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: print('cleaning'); await asyncio.sleep(0); print('cleaned'); raise
        finally: print('finally')
    c = asyncio.create_task(cleanup()); await asyncio.sleep(0); c.cancel(); print(c.cancelling(), c.cancelled())
    try: await c
    except asyncio.CancelledError: print('cancelled', c.cancelled())
    async def stubborn():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: return 'survived'
    s = asyncio.create_task(stubborn()); await asyncio.sleep(0); s.cancel(); print(await s, s.cancelled())
    r = await asyncio.gather(use(1), asyncio.sleep(0, 'x'), return_exceptions=True); print(r)
    try: await asyncio.gather(use(1), flaky(99), use(2))
    except ConnectionError as e: print('gather failed', e)
    loop = asyncio.get_running_loop(); order = []
    loop.call_later(0.002, order.append, 'later2'); loop.call_later(0.001, order.append, 'later1'); h = loop.call_later(0.001, order.append, 'never'); h.cancel(); loop.call_soon(order.append, 'soon'); await asyncio.sleep(0.005); print(order, h.cancelled())
    f = loop.create_future(); f.add_done_callback(lambda f: print('done', f.result())); loop.call_soon(f.set_result, 42); print(await f)
    try: f.set_result(1)
    except asyncio.InvalidStateError as e: print(type(e).__name__)
    lock = asyncio.Lock()
    async with lock: print(lock.locked()); 
    try: lock.release()
    except RuntimeError as e: print(e)
    b = asyncio.Barrier(2); print(sorted(await asyncio.gather(b.wait(), b.wait())), b.n_waiting)
    q = asyncio.Queue(1)
    async def prod():
        for i in range(3): await q.put(i); print('put', i)
        await q.put(None)
    async def cons():
        out = []
        while (x := await q.get()) is not None: out.append(x); q.task_done()
        return out
    print((await asyncio.gather(prod(), cons()))[1])
    try:
        async with asyncio.timeout(0.001) as tm: await asyncio.sleep(1)
    except TimeoutError as e: print('timeout', tm.expired(), repr(e))
    ev = asyncio.Event()
    async def setter(): await asyncio.sleep(0.001); ev.set()
    asyncio.create_task(setter()); print(await asyncio.wait_for(ev.wait(), 1))
    done, pending = await asyncio.wait({asyncio.create_task(asyncio.sleep(0.001)), asyncio.create_task(asyncio.sleep(5))}, timeout=0.01); print(len(done), len(pending)); [p.cancel() for p in pending]
    return 'main done'
print(asyncio.run(main()))
try: asyncio.run(asyncio.wait_for(asyncio.sleep(1), 0.001))
except TimeoutError: print('outer timeout')
async def nested():
    try: asyncio.run(main())
    except RuntimeError as e: print(e)
asyncio.run(nested())
