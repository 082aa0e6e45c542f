"""twostage with both stages in one critical section."""
from threading import Thread, Lock

first_lock = Lock()
first = 0
second = 0


def writer():
    global first, second
    with first_lock:
        first = 1
        second = first + 1


def reader():
    with first_lock:
        if first == 0:
            return
        a = first
        b = second
    assert b == a + 1


Thread(target=writer).start()
Thread(target=reader).start()
