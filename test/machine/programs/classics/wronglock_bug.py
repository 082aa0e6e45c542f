"""wronglock: two threads guard the same value with different locks."""
from threading import Thread, Lock

a_lock = Lock()
b_lock = Lock()
value = 0


def left():
    global value
    with a_lock:
        before = value
        value = before + 1


def right():
    global value
    with b_lock:
        before = value
        value = before + 1


threads = [Thread(target=left), Thread(target=right)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert value == 2
