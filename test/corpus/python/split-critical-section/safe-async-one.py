# safe: the lock is held across the await
import asyncio


class Quota:
    def __init__(self, billing):
        self.billing = billing
        self.lock = asyncio.Lock()
        self.used = 0

    async def spend(self, n):
        async with self.lock:
            if self.used + n > 10:
                return False
            await self.billing.charge(n)
            self.used += n
            return True
