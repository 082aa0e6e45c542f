// safe: made without awaiting
export class Formatter {
  private cache: Intl.NumberFormat | null = null;

  async format(value: number, rates: { of(value: number): Promise<number> }): Promise<string> {
    if (!this.cache) this.cache = new Intl.NumberFormat('en');
    const rate = await rates.of(value);
    return this.cache.format(value * rate);
  }
}
