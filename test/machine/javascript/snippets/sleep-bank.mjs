class Bank {
  balance = 100;
  async withdraw(n) {
    if (this.balance >= n) { await new Promise((r) => setTimeout(r, 1)); this.balance -= n; return true; }
    return false;
  }
}
const b = new Bank();
console.log(await Promise.all([b.withdraw(80), b.withdraw(80)]));
console.log(b.balance);
