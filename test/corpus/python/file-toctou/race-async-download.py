# race: file-toctou check=10 act=13
import os


class Downloader:
    def __init__(self, client):
        self.client = client

    async def fetch(self, url, path):
        if os.path.exists(path):
            return path
        body = await self.client.get(url)
        with open(path, "w") as f:
            f.write(body)
        return path
