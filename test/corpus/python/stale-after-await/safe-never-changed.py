# safe: set once in the constructor
class Client:
    def __init__(self, socket):
        self.socket = socket

    async def ask(self, question, encoder):
        socket = self.socket
        data = await encoder.encode(question)
        return await socket.request(data)
