# safe: nothing is awaited between look and act
import os


class Outbox:
    def __init__(self, transport):
        self.transport = transport

    async def send(self, message):
        if not os.path.exists("outbox"):
            os.mkdir("outbox")
        await self.transport.send(message)
