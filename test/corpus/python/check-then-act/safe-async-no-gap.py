# safe: nothing suspends between the check and the act
class Limiter:
    """At most `limit` jobs at a time, on the event loop."""

    def __init__(self, limit):
        self.limit = limit
        self.running = 0

    async def run(self, job):
        if self.running >= self.limit:
            raise RuntimeError("busy")
        self.running += 1
        try:
            return await job()
        finally:
            self.running -= 1
