# race: double-init check=8 act=9
class SearchClient:
    def __init__(self, transport):
        self.transport = transport
        self.session = None

    async def connect(self):
        if self.session is None:
            self.session = await self.transport.open()
        return self.session

    async def search(self, query):
        session = await self.connect()
        return await session.get(query)
