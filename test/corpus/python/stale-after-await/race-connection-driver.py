# race: stale-after-await check=17 act=20
import asyncio


class Connection:
    def __init__(self):
        self.writer = None
        self.sent = []

    def open(self):
        self.writer = self.sent.append

    def close(self):
        self.writer = None

    async def send(self, message):
        if self.writer is None:
            return False
        await asyncio.sleep(0)
        self.writer(message)
        return True


async def main():
    connection = Connection()
    connection.open()
    sending = asyncio.create_task(connection.send("hello"))
    await asyncio.sleep(0)
    connection.close()
    print(await sending)


asyncio.run(main())
