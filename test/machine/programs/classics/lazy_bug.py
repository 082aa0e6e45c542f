"""lazy (SV-COMP): the third thread relies on the other two not both having come first."""
from threading import Thread, Lock

lock = Lock()
data = 0


def one():
    global data
    with lock:
        data += 1


def two():
    global data
    with lock:
        data += 2


def three():
    with lock:
        assert data < 3


Thread(target=three).start()
Thread(target=one).start()
Thread(target=two).start()
