// race: stale-after-await check=22 act=25
interface Session {
  socket: { send(text: string): void } | null;
}

export class Sessions {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly log: { write(id: string): Promise<void> }) {}

  open(id: string, socket: { send(text: string): void }): void {
    this.sessions.set(id, { socket });
  }

  close(id: string): void {
    const session = this.sessions.get(id);
    if (session) session.socket = null;
    this.sessions.delete(id);
  }

  async touch(id: string): Promise<void> {
    const session = this.sessions.get(id);
    if (!session) return;
    await this.log.write(id);
    session.socket!.send('pong');
  }
}
