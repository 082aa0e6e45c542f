# race: stale-response check=11 act=12
class ProfilePage:
    def __init__(self, api):
        self.api = api
        self.user = None
        self.loading = False

    async def navigate(self, user_id):
        self.loading = True
        try:
            user = await self.api.get_user(user_id)
            self.user = user
        finally:
            self.loading = False
