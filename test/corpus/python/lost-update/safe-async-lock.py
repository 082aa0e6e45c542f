# safe: an asyncio lock is held across the await
import asyncio


class Ledger:
    def __init__(self, bank):
        self.bank = bank
        self.sum = 0
        self._lock = asyncio.Lock()

    async def book(self, entry):
        async with self._lock:
            before = self.sum
            value = await self.bank.value_of(entry)
            self.sum = before + value
