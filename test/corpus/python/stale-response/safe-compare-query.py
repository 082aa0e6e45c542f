# safe: stored only if still asked for
class Explorer:
    def __init__(self, backend):
        self.backend = backend
        self.path = "/"
        self.entries = []

    async def open(self, path):
        self.path = path
        entries = await self.backend.list(path)
        if self.path == path:
            self.entries = entries
