// race: check-then-remove check=16 act=19
interface Session {
  user: string;
}

export class SessionStore {
  private sessions: Record<string, Session> = {};

  constructor(private readonly journal: { closed(user: string): Promise<void> }) {}

  open(id: string, user: string): void {
    this.sessions[id] = { user };
  }

  async close(id: string): Promise<boolean> {
    const session = this.sessions[id];
    if (!session) return false;
    await this.journal.closed(session.user);
    delete this.sessions[id];
    return true;
  }
}
