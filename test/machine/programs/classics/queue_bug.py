"""Bounded queue (SV-COMP queue): two consumers test for an item and take it in two steps."""
from threading import Thread, Lock

lock = Lock()
items = [7]
taken = []


def consume():
    if len(items) > 0:
        with lock:
            taken.append(items.pop(0))


threads = [Thread(target=consume), Thread(target=consume)]
for t in threads:
    t.start()
for t in threads:
    t.join()
