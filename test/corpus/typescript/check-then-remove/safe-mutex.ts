// safe: look and take under a mutex
import { Mutex } from 'async-mutex';

export class Gifts {
  private gifts: string[] = ['mug'];
  private mutex = new Mutex();
  constructor(private readonly notify: (user: string) => Promise<void>) {}

  async claim(user: string): Promise<string | undefined> {
    return this.mutex.runExclusive(async () => {
      if (this.gifts.length === 0) return undefined;
      await this.notify(user);
      return this.gifts.pop();
    });
  }
}
