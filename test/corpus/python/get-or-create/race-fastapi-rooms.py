# race: get-or-create check=21 act=23
from fastapi import FastAPI, WebSocket

app = FastAPI()
rooms = {}


class Room:
    def __init__(self, history):
        self.history = history
        self.sockets = set()


async def load_history(name):
    ...


@app.websocket("/rooms/{name}")
async def enter(socket: WebSocket, name: str):
    await socket.accept()
    if name not in rooms:
        history = await load_history_of(name)
        rooms[name] = Room(history)
    rooms[name].sockets.add(socket)


async def load_history_of(name):
    import storage

    return await storage.read(name)
