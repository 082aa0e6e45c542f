// safe: there is one mutex
import { Mutex } from 'async-mutex';

export class Store {
  private readonly mutex = new Mutex();
  private data: string[] = [];

  async add(item: string): Promise<void> {
    await this.mutex.runExclusive(async () => { this.data.push(item); });
  }

  async clear(): Promise<void> {
    await this.mutex.runExclusive(async () => { this.data = []; });
  }
}
