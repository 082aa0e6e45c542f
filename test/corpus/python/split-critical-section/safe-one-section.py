# safe: one critical section
import threading

lock = threading.Lock()
balance = 100


def withdraw(amount):
    global balance
    with lock:
        if balance >= amount:
            balance -= amount


threads = [threading.Thread(target=withdraw, args=(80,)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert balance == 20
