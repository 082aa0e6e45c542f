# safe: the body never suspends
class Hub:
    def __init__(self):
        self.queues = set()

    async def join(self, queue, log):
        self.queues.add(queue)
        await log.write("joined")

    async def broadcast(self, message):
        for queue in self.queues:
            queue.put_nowait(message)
