# safe: close waits for the same lock
import asyncio


class Client:
    def __init__(self, socket):
        self.socket = socket
        self.lock = asyncio.Lock()

    async def close(self):
        async with self.lock:
            self.socket = None

    async def ask(self, question, encoder):
        async with self.lock:
            if self.socket is None:
                return None
            data = await encoder.encode(question)
            return self.socket.request(data)
