# safe: a coroutine that never suspends between look and put
class Sessions:
    def __init__(self, log):
        self.log = log
        self.by_user = {}

    async def open(self, user):
        if user not in self.by_user:
            self.by_user[user] = {"cart": []}
        session = self.by_user[user]
        await self.log.write(user)
        return session
