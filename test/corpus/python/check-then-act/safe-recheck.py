# safe: the check is made again after the await
import asyncio


class Room:
    def __init__(self, capacity):
        self.capacity = capacity
        self.members = []

    async def join(self, user):
        if len(self.members) >= self.capacity:
            return False
        await asyncio.sleep(0)
        if len(self.members) >= self.capacity:
            return False
        self.members.append(user)
        return True
