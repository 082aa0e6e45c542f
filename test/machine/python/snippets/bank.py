class InsufficientFunds(Exception):
    def __init__(self, need, have): self.need, self.have = need, have; super().__init__(f'need {need}, have {have}')
class Account:
    _next = 1
    def __init__(self, owner, balance=0): self.owner, self._balance = owner, balance; self.id = Account._next; Account._next += 1; self.log = []
    @property
    def balance(self): return self._balance
    def withdraw(self, n):
        if n > self._balance: raise InsufficientFunds(n, self._balance)
        self._balance -= n; self.log.append(('w', n))
    def __repr__(self): return f'{type(self).__name__}(owner={self.owner!r}, balance={self.balance})'
class Savings(Account):
    def __init__(self, *a, rate=0.1, **k): super().__init__(*a, **k); self.rate = rate
    def add(self): self._balance += self._balance * self.rate; return self
a = Account('x', 100); s = Savings('y', 50, rate=.5); a.withdraw(30); print(a, s.add(), a.id, s.id, a.log)
try: a.withdraw(1000)
except InsufficientFunds as e: print(e, e.need, e.have)
