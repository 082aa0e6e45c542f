// safe: an older answer is thrown away
export class SearchBox {
  results: string[] = [];
  private latest = 0;
  constructor(private readonly server: { find(query: string): Promise<string[]> }) {}

  async type(query: string): Promise<void> {
    const mine = ++this.latest;
    const results = await this.server.find(query);
    if (mine === this.latest) this.results = results;
  }
}
