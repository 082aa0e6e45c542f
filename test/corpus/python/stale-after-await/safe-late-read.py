# safe: read after the await
class Client:
    def __init__(self, encoder):
        self.encoder = encoder
        self.socket = None

    def close(self):
        self.socket = None

    async def ask(self, question):
        data = await self.encoder.encode(question)
        if self.socket is None:
            return None
        return self.socket.request(data)
