// safe: read after the await, with `?.`
export class Client {
  private socket: { write(text: string): void } | null = null;
  constructor(private readonly encode: (text: string) => Promise<string>) {}

  close(): void {
    this.socket = null;
  }

  async send(text: string): Promise<void> {
    const data = await this.encode(text);
    this.socket?.write(data);
  }
}
