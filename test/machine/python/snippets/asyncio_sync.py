import asyncio
async def main():
    l = asyncio.Lock(); order = []
    async def w(n):
        async with l: order.append(('in', n)); await asyncio.sleep(0); order.append(('out', n))
    await asyncio.gather(*[w(i) for i in range(3)]); print(order)
    s = asyncio.Semaphore(2); o2 = []
    async def sw(n):
        async with s: o2.append(n); await asyncio.sleep(0); o2.append(-n)
    await asyncio.gather(*[sw(i) for i in range(1, 5)]); print(o2)
    e = asyncio.Event(); o3 = []
    async def ew(n): await e.wait(); o3.append(n)
    ts = [asyncio.create_task(ew(i)) for i in range(2)]; await asyncio.sleep(0); e.set(); await asyncio.gather(*ts); print(o3, e.is_set())
    q = asyncio.Queue(maxsize=1); o4 = []
    async def prod():
        for i in range(3): await q.put(i); o4.append(('p', i))
    async def cons():
        for _ in range(3): o4.append(('c', await q.get())); q.task_done()
    await asyncio.gather(prod(), cons()); await q.join(); print(o4)
    c = asyncio.Condition(); o5 = []
    async def cw():
        async with c: await c.wait(); o5.append('woke')
    t = asyncio.create_task(cw()); await asyncio.sleep(0)
    async with c: c.notify_all()
    await t; print(o5)
    try: q.get_nowait()
    except asyncio.QueueEmpty: print('QE')
asyncio.run(main())
