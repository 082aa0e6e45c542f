# race: check-then-remove check=10 act=12
class ConnectionPool:
    """Idle connections are handed out again."""

    def __init__(self, factory):
        self.factory = factory
        self.idle = []

    async def acquire(self):
        if self.idle:
            await self.factory.ping()
            return self.idle.pop()
        return await self.factory.connect()

    def release(self, connection):
        self.idle.append(connection)
