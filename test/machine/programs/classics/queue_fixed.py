"""Bounded queue: the test and the taking are one critical section."""
from threading import Thread, Lock

lock = Lock()
items = [7]
taken = []


def consume():
    with lock:
        if len(items) > 0:
            taken.append(items.pop(0))


threads = [Thread(target=consume), Thread(target=consume)]
for t in threads:
    t.start()
for t in threads:
    t.join()
