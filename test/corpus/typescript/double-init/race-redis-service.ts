// race: double-init check=8 act=11
import { createClient } from 'redis';

export class RedisService {
  private client: any = null;

  async getClient(): Promise<any> {
    if (!this.client) {
      const client = createClient({ url: process.env.REDIS_URL });
      await client.connect();
      this.client = client;
    }
    return this.client;
  }

  async get(key: string): Promise<string | null> {
    const client = await this.getClient();
    return client.get(key);
  }
}
