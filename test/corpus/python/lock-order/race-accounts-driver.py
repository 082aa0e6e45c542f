# race: lock-order check=12 act=13
import threading


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    with source.lock:
        with target.lock:
            source.balance -= amount
            target.balance += amount


a = Account(10)
b = Account(10)
threads = [threading.Thread(target=transfer, args=(a, b, 1)), threading.Thread(target=transfer, args=(b, a, 2))]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(a.balance + b.balance)
