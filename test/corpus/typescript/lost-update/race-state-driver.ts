// race: lost-update check=11 act=13
interface State {
  readonly items: readonly string[];
  readonly saved: number;
}

class Store {
  state: State = { items: [], saved: 0 };

  async add(item: string): Promise<void> {
    const items = [...this.state.items, item];
    await this.persist(items);
    this.state = { ...this.state, items };
  }

  private persist(items: readonly string[]): Promise<number> {
    return new Promise((resolve) => setTimeout(() => resolve(items.length), 1));
  }
}

const store = new Store();
const adding = ['tea', 'milk'].map((item) => store.add(item));
await Promise.all(adding);
console.log(store.state.items);
