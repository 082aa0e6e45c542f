// safe: looks again after the await
export class Sessions {
  private sessions = new Map<string, string>();
  constructor(private readonly journal: { closed(user: string): Promise<void> }) {}

  open(id: string, user: string): void {
    this.sessions.set(id, user);
  }

  async close(id: string): Promise<boolean> {
    const user = this.sessions.get(id);
    if (user === undefined) return false;
    await this.journal.closed(user);
    if (this.sessions.get(id) !== user) return false;
    return this.sessions.delete(id);
  }
}
