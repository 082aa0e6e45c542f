# safe: the flag is set before the await
class Poller:
    def __init__(self, source):
        self.source = source
        self.started = False

    async def start(self):
        if self.started:
            return
        self.started = True
        await self.source.subscribe()
