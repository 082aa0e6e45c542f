# safe: the accounts are locked in the order of their ids
import threading


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    first, second = (source, target) if source.number < target.number else (target, source)
    with first.lock:
        with second.lock:
            source.balance -= amount
            target.balance += amount


a = Account(1, 10)
b = Account(2, 10)
threads = [threading.Thread(target=transfer, args=(a, b, 1)), threading.Thread(target=transfer, args=(b, a, 2))]
for t in threads:
    t.start()
for t in threads:
    t.join()
