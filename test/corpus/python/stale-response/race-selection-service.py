# race: stale-response check=10 act=11
class Explorer:
    def __init__(self, backend):
        self.backend = backend
        self.path = "/"
        self.entries = []

    async def open(self, path):
        self.path = path
        entries = await self.backend.list(path)
        self.entries = entries

    def title(self):
        return f"{self.path} ({len(self.entries)})"
