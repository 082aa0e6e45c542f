# safe: each request is awaited before the next
import asyncio

shown = []


async def forecast(city):
    await asyncio.sleep(0)
    return city


async def show(city):
    global shown
    shown = [await forecast(city)]


async def main():
    await show("Oslo")
    await show("Rome")
    print(shown)


asyncio.run(main())
