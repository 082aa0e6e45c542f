# safe: a loop on the event loop
import asyncio


class Channel:
    def __init__(self):
        self.cond = asyncio.Condition()
        self.values = []

    async def put(self, value):
        async with self.cond:
            self.values.append(value)
            self.cond.notify_all()

    async def get(self):
        async with self.cond:
            while not self.values:
                await self.cond.wait()
            return self.values.pop()
