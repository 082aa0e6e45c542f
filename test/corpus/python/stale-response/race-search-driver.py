# race: stale-response check=16 act=16
import asyncio


class SearchBox:
    def __init__(self):
        self.query = ""
        self.results = []

    async def ask_server(self, query):
        await asyncio.sleep(1 / len(query))
        return [query + "!"]

    async def type(self, query):
        self.query = query
        self.results = await self.ask_server(query)


async def main():
    box = SearchBox()
    await asyncio.gather(box.type("ca"), box.type("cat"))
    print(box.query, box.results)


asyncio.run(main())
