# race: mutate-while-iterating check=9 act=10
import threading

clients = {"a": 1, "b": 2}
sent = []


def broadcast(message):
    for name, socket in clients.items():
        sent.append((name, message))


def leave(name):
    clients.pop(name, None)


threads = [
    threading.Thread(target=broadcast, args=("hi",)),
    threading.Thread(target=leave, args=("a",)),
]
for t in threads:
    t.start()
for t in threads:
    t.join()
