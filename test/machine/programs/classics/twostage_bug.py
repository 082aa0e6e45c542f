"""twostage (Visser et al.): two values that belong together are written in two critical sections."""
from threading import Thread, Lock

first_lock = Lock()
second_lock = Lock()
first = 0
second = 0


def writer():
    global first, second
    with first_lock:
        first = 1
    with second_lock:
        second = first + 1


def reader():
    with first_lock:
        if first == 0:
            return
        a = first
    with second_lock:
        b = second
    assert b == a + 1


Thread(target=writer).start()
Thread(target=reader).start()
