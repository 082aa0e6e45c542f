# safe: no await between the test and the removal
class Registry:
    def __init__(self, log):
        self.log = log
        self.entries = {}

    async def add(self, name, value):
        self.entries[name] = value
        await self.log.write(name)

    async def remove(self, name):
        if name in self.entries:
            value = self.entries.pop(name)
            await self.log.write(value)
            return True
        return False
