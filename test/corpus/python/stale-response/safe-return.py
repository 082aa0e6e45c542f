# safe: the answer is handed back, not stored
class Explorer:
    def __init__(self, backend):
        self.backend = backend

    async def open(self, path):
        entries = await self.backend.list(path)
        return sorted(entries)
