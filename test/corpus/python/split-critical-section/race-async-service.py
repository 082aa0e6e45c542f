# race: split-critical-section check=13 act=18
import asyncio


class Quota:
    def __init__(self, billing):
        self.billing = billing
        self.lock = asyncio.Lock()
        self.used = 0

    async def spend(self, n):
        async with self.lock:
            used = self.used
        if used + n > 10:
            return False
        await self.billing.charge(n)
        async with self.lock:
            self.used = used + n
        return True
