// safe: set in the constructor and never again
export class Client {
  constructor(private readonly socket: { write(text: string): void }, private readonly encode: (text: string) => Promise<string>) {}

  async send(text: string): Promise<void> {
    const { socket } = this;
    const data = await this.encode(text);
    socket.write(data);
  }
}
