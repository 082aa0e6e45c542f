# safe: one lock, taken twice by the same thread
import threading

lock = threading.RLock()
log = []


def inner():
    with lock:
        log.append("inner")


def outer():
    with lock:
        inner()


threads = [threading.Thread(target=outer) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
