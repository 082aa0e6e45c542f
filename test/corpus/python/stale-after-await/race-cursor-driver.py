# race: stale-after-await check=14 act=16
import asyncio

playlist = ["a", "b", "c"]
played = []


async def remove(index):
    await asyncio.sleep(0.01)
    del playlist[index]


async def play(name):
    position = playlist.index(name)
    await asyncio.sleep(0.02)
    played.append(playlist[position])


async def main():
    await asyncio.gather(play("b"), remove(0))
    print(played)


asyncio.run(main())
