// A session that connects when it is first used, and connects twice when two callers come first.
export interface Connection {
  query(text: string): Promise<string[]>;
}

export class Session {
  private connection: Connection | null = null;

  constructor(private readonly open: () => Promise<Connection>) {}

  async query(text: string): Promise<string[]> {
    if (this.connection === null) {
      this.connection = await this.open();
    }
    return this.connection.query(text);
  }
}
