# race: double-init check=13 act=17
import asyncio


class TokenSource:
    """Fetches an access token on first use."""

    def __init__(self, auth):
        self.auth = auth
        self._token = None

    async def token(self):
        if self._token:
            return self._token
        await asyncio.sleep(0.1)
        fresh = await self.auth.issue()
        self._token = fresh
        return fresh

    def revoke(self):
        self._token = None
