# safe: check and act under one lock that every writer takes
import threading


class Account:
    def __init__(self, balance):
        self.balance = balance
        self._lock = threading.Lock()

    def withdraw(self, amount):
        with self._lock:
            if self.balance >= amount:
                self.balance -= amount
                return True
            return False

    def deposit(self, amount):
        with self._lock:
            self.balance += amount


account = Account(100)
workers = [threading.Thread(target=account.withdraw, args=(80,)) for _ in range(2)]
for w in workers:
    w.start()
for w in workers:
    w.join()
print(account.balance)
