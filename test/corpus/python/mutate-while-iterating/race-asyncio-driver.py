# race: mutate-while-iterating check=9 act=10
import asyncio

listeners = {"x", "y"}
notified = []


async def notify():
    for listener in listeners:
        await asyncio.sleep(0)
        notified.append(listener)


async def subscribe(name):
    await asyncio.sleep(0)
    listeners.add(name)


async def main():
    await asyncio.gather(notify(), subscribe("z"))


asyncio.run(main())
