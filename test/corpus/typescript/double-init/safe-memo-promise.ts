// safe: the promise is stored before anything is awaited
export class RedisService {
  private connecting: Promise<{ get(key: string): Promise<string> }> | null = null;

  constructor(private readonly connect: () => Promise<{ get(key: string): Promise<string> }>) {}

  async get(key: string): Promise<string> {
    if (this.connecting === null) this.connecting = this.connect();
    const client = await this.connecting;
    return client.get(key);
  }
}
