// safe: used before the await
export class Client {
  private socket: { write(text: string): void } | null = null;

  close(): void {
    this.socket = null;
  }

  async send(text: string, log: { write(text: string): Promise<void> }): Promise<void> {
    if (this.socket) this.socket.write(text);
    await log.write(text);
  }
}
