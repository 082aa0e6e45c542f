# race: lock-order check=12 act=14
import asyncio


class Kitchen:
    def __init__(self, waiter):
        self.waiter = waiter
        self.oven = asyncio.Lock()
        self.table = asyncio.Lock()

    async def bake(self):
        async with self.oven:
            await self.waiter.ring()
            async with self.table:
                await self.waiter.serve()

    async def clear(self):
        async with self.table:
            await self.waiter.ring()
            async with self.oven:
                await self.waiter.clean()
