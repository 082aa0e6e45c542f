// safe: each answer has a place of its own
export class Quotes {
  readonly prices = new Map<string, number>();
  constructor(private readonly exchange: { price(symbol: string): Promise<number> }) {}

  async update(symbol: string): Promise<void> {
    const price = await this.exchange.price(symbol);
    this.prices.set(symbol, price);
  }
}
