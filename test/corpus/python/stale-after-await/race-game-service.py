# race: stale-after-await check=14 act=17
class Game:
    def __init__(self, rules):
        self.rules = rules
        self.current = None

    def next_player(self, name):
        self.current = name

    def end(self):
        self.current = None

    async def move(self, name, step):
        if self.current is None:
            raise ValueError("no game")
        await self.rules.validate(step)
        return self.current.upper()
