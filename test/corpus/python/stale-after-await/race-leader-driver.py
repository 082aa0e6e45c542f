# race: stale-after-await check=14 act=16
import asyncio


class Cluster:
    def __init__(self):
        self.leader = {"name": "n1", "log": []}

    async def elect(self, name):
        await asyncio.sleep(0.01)
        self.leader = {"name": name, "log": []}

    async def append(self, entry):
        leader = self.leader
        await asyncio.sleep(0.02)
        leader["log"].append(entry)
        return len(self.leader["log"])


cluster = Cluster()


async def main():
    length, _ = await asyncio.gather(cluster.append("x"), cluster.elect("n2"))
    print(cluster.leader, length)


asyncio.run(main())
