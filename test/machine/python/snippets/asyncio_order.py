import asyncio
log = []
async def w(n):
    for i in range(3):
        log.append((n, i)); await asyncio.sleep(0)
async def noyield(): log.append('ny'); return 1
async def main():
    ts = [asyncio.create_task(w(n)) for n in 'ab']
    log.append('created'); await noyield(); log.append('after'); await asyncio.gather(*ts)
    loop = asyncio.get_running_loop(); loop.call_soon(log.append, 'soon'); f = loop.create_future(); loop.call_later(0, f.set_result, 'v'); log.append(await f)
asyncio.run(main()); print(log)
