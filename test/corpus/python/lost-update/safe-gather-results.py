# safe: the tasks return their parts, the total is made once
import asyncio


async def price(item):
    await asyncio.sleep(0)
    return len(item)


async def main():
    prices = await asyncio.gather(price("pen"), price("paper"))
    total = 0
    for p in prices:
        total = total + p
    print(total)


asyncio.run(main())
