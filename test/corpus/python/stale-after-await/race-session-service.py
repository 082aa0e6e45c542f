# race: stale-after-await check=14 act=17
class Sessions:
    def __init__(self, store):
        self.store = store
        self.active = {}

    def start(self, user):
        self.active[user] = {"hits": 0}

    def stop(self, user):
        self.active.pop(user, None)

    async def hit(self, user):
        if user not in self.active:
            return None
        await self.store.log(user)
        return self.active[user]
