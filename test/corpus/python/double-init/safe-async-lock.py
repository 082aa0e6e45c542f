# safe: an asyncio lock is held while it is made
import asyncio


class Client:
    def __init__(self, transport):
        self.transport = transport
        self.session = None
        self._lock = asyncio.Lock()

    async def connect(self):
        async with self._lock:
            if self.session is None:
                self.session = await self.transport.open()
        return self.session
