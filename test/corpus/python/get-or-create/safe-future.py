# safe: the future is put into the cache before it is awaited
import asyncio


class ProfileCache:
    def __init__(self, api):
        self.api = api
        self._pending = {}

    async def get(self, user_id):
        pending = self._pending.get(user_id)
        if pending is None:
            pending = asyncio.ensure_future(self.api.load(user_id))
            self._pending[user_id] = pending
        return await pending
