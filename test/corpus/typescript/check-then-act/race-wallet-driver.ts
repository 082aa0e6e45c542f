// race: check-then-act check=6 act=9
class Wallet {
  constructor(private balance: number) {}

  async spend(amount: number): Promise<boolean> {
    const enough = this.balance >= amount;
    await this.audit(amount);
    if (!enough) return false;
    this.balance -= amount;
    return true;
  }

  private async audit(amount: number): Promise<void> {
    await Promise.resolve(amount);
  }

  get left(): number {
    return this.balance;
  }
}

const wallet = new Wallet(50);
void wallet.spend(40);
void wallet.spend(40);
setTimeout(() => console.log(wallet.left), 10);
