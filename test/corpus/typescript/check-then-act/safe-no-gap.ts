// safe: the act comes before the first await
export class Seats {
  private taken = new Set<string>();

  constructor(private readonly bank: { pay(user: string): Promise<void> }) {}

  async book(seat: string, user: string): Promise<boolean> {
    if (this.taken.has(seat)) return false;
    this.taken.add(seat);
    await this.bank.pay(user);
    return true;
  }
}
