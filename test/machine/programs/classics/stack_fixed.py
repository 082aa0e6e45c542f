"""Stack (SV-COMP stack): the pop tests the top under the lock the pushes hold."""
from threading import Thread, Lock

SIZE = 2
lock = Lock()
store = [None, None]
top = 0


def push():
    global top
    with lock:
        if top < SIZE:
            store[top] = 1
            top += 1


def pop():
    global top
    with lock:
        if top > 0:
            top -= 1
            assert top >= 0


push()
threads = [Thread(target=pop), Thread(target=pop)]
for t in threads:
    t.start()
for t in threads:
    t.join()
