# race: check-then-act check=13 act=16
import asyncio


class Room:
    """A chat room with a limited number of members."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.members = []

    async def join(self, user):
        if len(self.members) >= self.capacity:
            raise ValueError("room is full")
        await self.announce(user)
        self.members.append(user)

    async def announce(self, user):
        await asyncio.sleep(0)
        print(user, "is coming")

    async def leave(self, user):
        self.members.remove(user)
