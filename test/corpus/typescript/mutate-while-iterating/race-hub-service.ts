// race: mutate-while-iterating check=19 act=20
interface Socket {
  send(text: string): Promise<void>;
}

export class Hub {
  private readonly sockets: Socket[] = [];

  join(socket: Socket): void {
    this.sockets.push(socket);
  }

  leave(socket: Socket): void {
    const at = this.sockets.indexOf(socket);
    if (at >= 0) this.sockets.splice(at, 1);
  }

  async broadcast(text: string): Promise<void> {
    for (const socket of this.sockets) {
      await socket.send(text);
    }
  }
}
