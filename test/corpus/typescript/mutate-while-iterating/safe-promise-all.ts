// safe: all sends start before anything is awaited
export class Hub {
  private readonly sockets = new Set<{ send(text: string): Promise<void> }>();

  join(socket: { send(text: string): Promise<void> }): void {
    this.sockets.add(socket);
  }

  async broadcast(text: string): Promise<void> {
    const sends: Promise<void>[] = [];
    for (const socket of this.sockets) sends.push(socket.send(text));
    await Promise.all(sends);
  }
}
