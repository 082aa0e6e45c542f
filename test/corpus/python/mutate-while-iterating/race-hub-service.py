# race: mutate-while-iterating check=13 act=14
class Hub:
    def __init__(self):
        self.sockets = set()

    async def join(self, socket):
        self.sockets.add(socket)

    def leave(self, socket):
        self.sockets.discard(socket)

    async def broadcast(self, message):
        for socket in self.sockets:
            await socket.send(message)
