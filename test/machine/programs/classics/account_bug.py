"""Account (SV-COMP pthread): the balance is read and written back in two critical sections."""
from threading import Thread, Lock

lock = Lock()
balance = 10


def deposit():
    global balance
    with lock:
        seen = balance
    with lock:
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
