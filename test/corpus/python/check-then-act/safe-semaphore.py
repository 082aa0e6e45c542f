# safe: a semaphore of one is taken around check and act
import asyncio


class SeatMap:
    def __init__(self):
        self.seats = {}
        self.gate = asyncio.Semaphore(1)

    async def book(self, seat, who):
        async with self.gate:
            if seat in self.seats:
                return False
            await asyncio.sleep(0)
            self.seats[seat] = who
            return True
