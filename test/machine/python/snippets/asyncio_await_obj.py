import asyncio
class A:
    def __await__(self): return self.f().__await__()
    async def f(self): await asyncio.sleep(0); return 'A'
class B:
    def __await__(self):
        yield
        return 'B'
async def main():
    print(await A(), await B())
    f = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(f.set_result, 3); print(await f, f.done())
    f.add_done_callback(lambda x: print('cb', x.result())); await asyncio.sleep(0)
    print(await asyncio.shield(asyncio.sleep(0, 's')))
    try: await 5
    except TypeError as e: print(e)
asyncio.run(main())
