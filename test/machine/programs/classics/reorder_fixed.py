"""reorder with both fields in one value that is replaced at once."""
from threading import Thread

pair = (0, 0)


def setter():
    global pair
    pair = (1, -1)


def checker():
    seen_a, seen_b = pair
    assert (seen_a == 0 and seen_b == 0) or (seen_a == 1 and seen_b == -1)


Thread(target=setter).start()
Thread(target=checker).start()
