# safe: one request at a time, in order
import asyncio


class Preview:
    def __init__(self, renderer):
        self.renderer = renderer
        self.lock = asyncio.Lock()
        self.html = ""

    async def changed(self, text):
        async with self.lock:
            self.html = await self.renderer.render(text)
