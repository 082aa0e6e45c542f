# race: split-critical-section check=11 act=14
import threading

lock = threading.Lock()
balance = 100


def withdraw(amount):
    global balance
    with lock:
        enough = balance >= amount
    if enough:
        with lock:
            balance -= amount


threads = [threading.Thread(target=withdraw, args=(80,)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(balance)
