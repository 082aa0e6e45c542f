# safe: the task is stored before anything is awaited
import asyncio


class Client:
    def __init__(self, transport):
        self.transport = transport
        self._opening = None

    async def session(self):
        if self._opening is None:
            self._opening = asyncio.ensure_future(self.transport.open())
        return await self._opening
