# race: mutate-while-iterating check=16 act=17
from fastapi import FastAPI, WebSocket

app = FastAPI()
sockets = []


@app.websocket("/feed")
async def feed(socket: WebSocket):
    await socket.accept()
    sockets.append(socket)


@app.post("/publish")
async def publish(text: str):
    for socket in sockets:
        await socket.send_text(text)
    sockets.clear()
