# race: lost-update check=8 act=10
class Document:
    def __init__(self, store):
        self.store = store
        self.history = ()

    async def append(self, change):
        saved = self.history
        await self.store.write(change)
        self.history = saved + (change,)

    def undo(self):
        return self.history[-1] if self.history else None
