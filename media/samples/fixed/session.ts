// The promise of the connection is kept as soon as it exists, so every caller waits for the same one.
export interface Connection {
  query(text: string): Promise<string[]>;
}

export class Session {
  private connection: Promise<Connection> | null = null;

  constructor(private readonly open: () => Promise<Connection>) {}

  async query(text: string): Promise<string[]> {
    this.connection ??= this.open();
    return (await this.connection).query(text);
  }
}
