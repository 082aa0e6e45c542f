// race: split-critical-section check=11 act=14
import { Mutex } from 'async-mutex';

export class Cache {
  private readonly mutex = new Mutex();
  private readonly entries = new Map<string, string>();

  constructor(private readonly load: (key: string) => Promise<string>) {}

  async get(key: string): Promise<string> {
    const known = await this.mutex.runExclusive(() => this.entries.get(key));
    if (known !== undefined) return known;
    const value = await this.load(key);
    await this.mutex.runExclusive(() => this.entries.set(key, value));
    return value;
  }
}
