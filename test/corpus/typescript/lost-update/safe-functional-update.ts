// safe: the new state is computed from the newest one after the await
export class Store {
  private state: { items: string[] } = { items: [] };
  constructor(private readonly db: { write(item: string): Promise<void> }) {}

  private update(change: (s: { items: string[] }) => { items: string[] }): void {
    this.state = change(this.state);
  }

  async add(item: string): Promise<void> {
    await this.db.write(item);
    this.update((s) => ({ items: [...s.items, item] }));
  }
}
