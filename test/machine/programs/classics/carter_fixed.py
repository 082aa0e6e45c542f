"""carter with a lock of its own for either side's count."""
from threading import Thread, Lock

m = Lock()
n = Lock()
l = Lock()
a = 0
b = 0


def left():
    global a
    with m:
        a += 1
        if a == 1:
            l.acquire()
    with m:
        a -= 1
        if a == 0:
            l.release()


def right():
    global b
    with n:
        b += 1
        if b == 1:
            l.acquire()
    with n:
        b -= 1
        if b == 0:
            l.release()


threads = [Thread(target=left), Thread(target=right)]
for t in threads:
    t.start()
for t in threads:
    t.join()
