// race: stale-after-await check=20 act=23
interface Session {
  count: number;
}

export class Sessions {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly log: { write(id: string): Promise<void> }) {}

  open(id: string): void {
    this.sessions.set(id, { count: 0 });
  }

  close(id: string): void {
    this.sessions.delete(id);
  }

  async touch(id: string): Promise<void> {
    const session = this.sessions.get(id);
    if (!session) return;
    await this.log.write(id);
    session.count += 1;
  }
}
