// safe: the body never awaits
export class Hub {
  private readonly sockets = new Set<{ send(text: string): void }>();

  join(socket: { send(text: string): void }): void {
    this.sockets.add(socket);
  }

  async broadcast(text: string, log: { write(text: string): Promise<void> }): Promise<void> {
    for (const socket of this.sockets) socket.send(text);
    await log.write(text);
  }
}
