"""reorder: a setter writes two fields one after the other; a checker sees only the first."""
from threading import Thread

a = 0
b = 0


def setter():
    global a, b
    a = 1
    b = -1


def checker():
    seen_a = a
    seen_b = b
    assert (seen_a == 0 and seen_b == 0) or (seen_a == 1 and seen_b == -1)


Thread(target=setter).start()
Thread(target=checker).start()
