// race: stale-response check=15 act=16
interface Quote {
  symbol: string;
  price: number;
}

export class TickerStore {
  selected = '';
  quote: Quote | null = null;

  constructor(private readonly exchange: { quote(symbol: string): Promise<Quote> }) {}

  select(symbol: string): Promise<void> {
    this.selected = symbol;
    return this.exchange.quote(symbol).then((quote) => {
      this.quote = quote;
    });
  }
}
