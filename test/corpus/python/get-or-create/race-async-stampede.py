# race: get-or-create check=8 act=11
class ProfileCache:
    def __init__(self, api):
        self.api = api
        self._profiles = {}

    async def get(self, user_id):
        if user_id in self._profiles:
            return self._profiles[user_id]
        profile = await self.api.load(user_id)
        self._profiles[user_id] = profile
        return profile

    def forget(self, user_id):
        self._profiles.pop(user_id, None)
