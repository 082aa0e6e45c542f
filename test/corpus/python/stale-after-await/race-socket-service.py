# race: stale-after-await check=16 act=18
class Client:
    def __init__(self, dial):
        self.dial = dial
        self.socket = None

    async def connect(self):
        self.socket = await self.dial()

    async def close(self):
        socket, self.socket = self.socket, None
        if socket is not None:
            await socket.close()

    async def ask(self, question, encoder):
        if self.socket:
            data = await encoder.encode(question)
            return await self.socket.request(data)
        return None
