import asyncio
async def slow():
    try: await asyncio.sleep(10)
    except asyncio.CancelledError: print('cancelled'); raise
    finally: print('cleanup')
async def main():
    t = asyncio.create_task(slow()); await asyncio.sleep(0); print(t.cancel())
    try: await t
    except asyncio.CancelledError: print('CE', t.cancelled(), t.done())
    t2 = asyncio.create_task(slow()); t2.cancel()
    try: await t2
    except asyncio.CancelledError: print('never started')
    try:
        async with asyncio.timeout(0.001): await asyncio.sleep(5)
    except TimeoutError: print('timeout')
    try:
        async with asyncio.TaskGroup() as tg:
            a = tg.create_task(asyncio.sleep(0.001, 'x')); b = tg.create_task(bad())
    except* ValueError as eg: print('EG')
async def bad(): raise ValueError(1)
async def main2():
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(asyncio.sleep(0, 'x')); b = tg.create_task(asyncio.sleep(0, 'y'))
    print(a.result(), b.result())
    t = asyncio.create_task(slow()); await asyncio.sleep(0); print('leaving')
asyncio.run(main2())
