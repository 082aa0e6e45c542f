// race: mutate-while-iterating check=18 act=19
interface Socket {
  send(text: string): Promise<void>;
}

export class Hub {
  private readonly sockets = new Map<string, Socket>();

  join(name: string, socket: Socket): void {
    this.sockets.set(name, socket);
  }

  leave(name: string): void {
    this.sockets.delete(name);
  }

  async broadcast(text: string): Promise<void> {
    for (const [, socket] of this.sockets) {
      await socket.send(text);
    }
  }
}
