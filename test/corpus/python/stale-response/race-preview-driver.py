# race: stale-response check=14 act=15
import asyncio


class Preview:
    def __init__(self):
        self.html = ""

    async def render(self, text):
        await asyncio.sleep(len(text) / 100)
        return "<p>" + text + "</p>"

    async def changed(self, text):
        html = await self.render(text)
        self.html = html


preview = Preview()


async def main():
    edits = [preview.changed(t) for t in ("hello", "hell")]
    await asyncio.gather(*edits)
    print(preview.html)


asyncio.run(main())
