// safe: a mutex spans look and put
import { Mutex } from 'async-mutex';

export class UserCache {
  private users = new Map<string, string>();
  private mutex = new Mutex();
  constructor(private readonly fetchUser: (id: string) => Promise<string>) {}

  async get(id: string): Promise<string | undefined> {
    return await this.mutex.runExclusive(async () => {
      if (!this.users.has(id)) this.users.set(id, await this.fetchUser(id));
      return this.users.get(id);
    });
  }
}
