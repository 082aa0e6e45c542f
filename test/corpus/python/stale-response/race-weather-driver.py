# race: stale-response check=14 act=15
import asyncio

shown = {}


async def forecast(city):
    await asyncio.sleep(len(city) / 100)
    return "sunny in " + city


async def show(city):
    global shown
    text = await forecast(city)
    shown = {"city": city, "text": text}


async def main():
    first = asyncio.create_task(show("Reykjavik"))
    second = asyncio.create_task(show("Rome"))
    await asyncio.wait([first, second])
    print(shown)


asyncio.run(main())
