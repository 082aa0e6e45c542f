# race: check-then-act check=11 act=12
import threading


class Account:
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance

    def withdraw(self, amount):
        if self.balance >= amount:
            self.balance -= amount
            return amount
        return 0


account = Account("kim", 100)
paid = []


def cash_machine():
    paid.append(account.withdraw(80))


machines = [threading.Thread(target=cash_machine) for _ in range(2)]
for m in machines:
    m.start()
for m in machines:
    m.join()
print(account.balance)
