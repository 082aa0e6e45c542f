# Every access to the balance holds the lock. Make money disappear all the same.
import threading

lock = threading.Lock()
balance = 0


def deposit(amount):
    global balance
    with lock:
        seen = balance
    seen += amount
    with lock:
        balance = seen


first = threading.Thread(target=deposit, args=(10,))
second = threading.Thread(target=deposit, args=(20,))
first.start()
second.start()
first.join()
second.join()
assert balance == 30, balance
