"""Account: one critical section for the whole deposit."""
from threading import Thread, Lock

lock = Lock()
balance = 10


def deposit():
    global balance
    with lock:
        seen = balance
        balance = seen + 5


def withdraw():
    global balance
    with lock:
        balance = balance - 3


threads = [Thread(target=deposit), Thread(target=withdraw)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert balance == 12
