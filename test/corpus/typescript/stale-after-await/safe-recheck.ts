// safe: looked at again after the await
export class Client {
  private socket: { write(text: string): void } | null = null;
  constructor(private readonly encode: (text: string) => Promise<string>) {}

  close(): void {
    this.socket = null;
  }

  async send(text: string): Promise<void> {
    if (this.socket === null) return;
    const data = await this.encode(text);
    if (this.socket === null) return;
    this.socket.write(data);
  }
}
