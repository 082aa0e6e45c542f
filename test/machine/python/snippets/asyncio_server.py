import asyncio
class Server:
    def __init__(self): self.q = asyncio.Queue(); self.sessions = {}; self.handled = 0; self.lock = asyncio.Lock()
    async def handle(self, client, msg):
        async with self.lock:
            n = self.sessions.get(client, 0)
            await asyncio.sleep(0)
            self.sessions[client] = n + 1
        return f'{client}:{msg}:{n}'
    async def worker(self, name):
        while True:
            client, msg, fut = await self.q.get()
            try:
                r = await self.handle(client, msg)
                if not fut.done(): fut.set_result((name, r))
            except Exception as e: fut.set_exception(e)
            finally: self.q.task_done()
    async def request(self, client, msg):
        fut = asyncio.get_running_loop().create_future()
        await self.q.put((client, msg, fut))
        return await asyncio.wait_for(fut, 1)
async def main():
    s = Server(); ws = [asyncio.create_task(s.worker(f'w{i}')) for i in range(2)]
    print(await asyncio.gather(*(s.request('c%d' % (i % 2), i) for i in range(5))))
    await s.q.join()
    for w in ws: w.cancel()
    print(await asyncio.gather(*ws, return_exceptions=True), s.sessions)
    print([w.cancelled() for w in ws], s.q.empty())
    try: await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except asyncio.TimeoutError: print('timed out')
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(s.request('x', 'hi')) if False else tg.create_task(asyncio.sleep(0, 'slept'))
        b = tg.create_task(asyncio.sleep(0.001, 'b'))
    print(a.result(), b.result())
    try:
        async with asyncio.TaskGroup() as tg:
            async def boom(): raise ValueError('boom')
            async def slow():
                try: await asyncio.sleep(10)
                except asyncio.CancelledError: print('slow cancelled'); raise
            tg.create_task(slow()); tg.create_task(boom())
    except* ValueError as eg: print(eg.exceptions)
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(5)
    except TimeoutError: print('timeout ctx')
    async with asyncio.timeout(None) as t: pass
    print(t.expired(), t.when())
    sem = asyncio.Semaphore(2); active = peak = 0
    async def job(i):
        nonlocal active, peak
        async with sem:
            active += 1; peak = max(peak, active); await asyncio.sleep(0.001); active -= 1
    await asyncio.gather(*map(job, range(5))); print(peak, sem.locked())
    ev = asyncio.Event(); woken = []
    async def waiter(n): await ev.wait(); woken.append(n)
    ts = [asyncio.create_task(waiter(i)) for i in range(3)]
    await asyncio.sleep(0); ev.set(); await asyncio.gather(*ts); print(woken)
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0.001, i)) for i in range(3)], return_when=asyncio.ALL_COMPLETED)
    print(sorted(t.result() for t in done), pending)
    t = asyncio.create_task(asyncio.sleep(1)); t.cancel('why')
    try: await t
    except asyncio.CancelledError as e: print('cancelled', e.args)
    sh = asyncio.create_task(asyncio.sleep(0.002, 'shielded'))
    try: await asyncio.wait_for(asyncio.shield(sh), 0.0001)
    except TimeoutError: print('outer timeout', sh.cancelled())
    print(await sh, asyncio.current_task().get_name() != '', len(asyncio.all_tasks()))
    for c in asyncio.as_completed([asyncio.sleep(0.002, 2), asyncio.sleep(0.001, 1)]): print(await c)
    print(await asyncio.to_thread(lambda a: a + 1, 4), await asyncio.get_running_loop().run_in_executor(None, len, 'abc'))
    cond = asyncio.Condition(); items = []
    async def cons():
        async with cond:
            await cond.wait_for(lambda: items); return items.pop()
    c = asyncio.create_task(cons()); await asyncio.sleep(0)
    async with cond: items.append('it'); cond.notify()
    print(await c)
    pq = asyncio.PriorityQueue(); [pq.put_nowait(x) for x in (3, 1, 2)]; print([pq.get_nowait() for _ in range(3)])
    try: pq.get_nowait()
    except asyncio.QueueEmpty: print('qe')
    lq = asyncio.LifoQueue(maxsize=1); lq.put_nowait(1)
    try: lq.put_nowait(2)
    except asyncio.QueueFull: print('qf')
asyncio.run(main())
