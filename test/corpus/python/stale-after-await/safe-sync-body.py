# safe: nothing suspends in between
class Game:
    def __init__(self, log):
        self.log = log
        self.current = None

    def end(self):
        self.current = None

    async def move(self, step):
        if self.current is not None:
            self.current.apply(step)
        await self.log.write(step)
