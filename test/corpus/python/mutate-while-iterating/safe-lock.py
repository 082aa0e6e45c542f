# safe: iteration and change under one lock
import threading

lock = threading.Lock()
clients = {"a": 1}
sent = []


def broadcast(message):
    with lock:
        for name in clients:
            sent.append((name, message))


def join(name):
    with lock:
        clients[name] = 1


threads = [threading.Thread(target=broadcast, args=("hi",)), threading.Thread(target=join, args=("b",))]
for t in threads:
    t.start()
for t in threads:
    t.join()
