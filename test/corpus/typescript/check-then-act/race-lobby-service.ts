// race: check-then-act check=11 act=13
export class Lobby {
  private players: string[] = [];

  constructor(
    private readonly capacity: number,
    private readonly profiles: { load(id: string): Promise<string> },
  ) {}

  async join(id: string): Promise<boolean> {
    if (this.players.length >= this.capacity) return false;
    const profile = await this.profiles.load(id);
    this.players.push(profile);
    return true;
  }

  leave(profile: string): void {
    this.players = this.players.filter((p) => p !== profile);
  }
}
