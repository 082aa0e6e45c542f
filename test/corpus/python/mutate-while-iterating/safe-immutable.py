# safe: the tuple is replaced, never changed
class Hub:
    def __init__(self):
        self.sockets = ()

    def join(self, socket):
        self.sockets = self.sockets + (socket,)

    async def broadcast(self, message):
        for socket in self.sockets:
            await socket.send(message)
