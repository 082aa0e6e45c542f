// safe: the array is replaced, never changed
export class Hub {
  private sockets: readonly { send(text: string): Promise<void> }[] = [];

  join(socket: { send(text: string): Promise<void> }): void {
    this.sockets = [...this.sockets, socket];
  }

  async broadcast(text: string): Promise<void> {
    for (const socket of this.sockets) await socket.send(text);
  }
}
