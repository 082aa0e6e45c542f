// safe: looked at again in the second section
import { Mutex } from 'async-mutex';

export class Cache {
  private readonly mutex = new Mutex();
  private readonly entries = new Map<string, string>();
  constructor(private readonly load: (key: string) => Promise<string>) {}

  async get(key: string): Promise<string | undefined> {
    const value = await this.load(key);
    await this.mutex.runExclusive(() => {
      if (!this.entries.has(key)) this.entries.set(key, value);
    });
    return this.entries.get(key);
  }
}
