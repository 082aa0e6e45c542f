import asyncio
async def f(x): await asyncio.sleep(0.001); return x
async def main():
    print(await f(1), await asyncio.gather(f(2), f(3)))
    t = asyncio.create_task(f(4)); print(t.done()); print(await t, t.done(), t.result())
    r = await asyncio.gather(f(1), boom(), return_exceptions=True); print(r)
    try: await asyncio.gather(f(1), boom())
    except ValueError as e: print('VE', e)
    try: await asyncio.wait_for(asyncio.sleep(5), 0.001)
    except asyncio.TimeoutError: print('TO')
    print(await asyncio.wait_for(f(9), 1))
    done, pending = await asyncio.wait([asyncio.create_task(f(1)), asyncio.create_task(f(2))]); print(len(done), len(pending))
async def boom(): raise ValueError('b')
asyncio.run(main())
