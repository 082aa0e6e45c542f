import asyncio
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    loop.call_later(0.01, fut.set_result, 3)
    print(await asyncio.wait_for(fut, 1), loop.is_running(), loop.is_closed(), loop.get_debug())
    async with asyncio.timeout(1): await asyncio.sleep(0)
    async with asyncio.TaskGroup() as tg: t = tg.create_task(asyncio.sleep(0, 5))
    print(t.result())
    r = await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2), return_exceptions=True); print(r)
    d, p = await asyncio.wait([asyncio.create_task(asyncio.sleep(0))], timeout=1); print(len(d), len(p))
    for c in asyncio.as_completed([asyncio.sleep(0, 1)]): print(await c)
    print(await asyncio.shield(asyncio.sleep(0, 7)), asyncio.current_task() is not None, len(asyncio.all_tasks()))
    q = asyncio.PriorityQueue(); q.put_nowait(2); q.put_nowait(1); print(await q.get()); b = asyncio.Barrier(1); await b.wait(); print(b.parties)
    print(await asyncio.to_thread(lambda: 4), await loop.run_in_executor(None, lambda: 5))
    with asyncio.Runner() if False else __import__('contextlib').nullcontext(): pass
asyncio.run(main())
with asyncio.Runner() as r: print(r.run(asyncio.sleep(0, 9)))
