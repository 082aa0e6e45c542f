# race: wait-without-loop check=17 act=19
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
            if len(self.values) == 0:
                await self.cond.wait()
            return self.values.pop()
