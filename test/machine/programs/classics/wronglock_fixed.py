"""wronglock: two threads guard the same value with one lock under two names."""
from threading import Thread, Lock

a_lock = Lock()
b_lock = a_lock
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
