// safe: the check is repeated after the await
export class Lobby {
  private players: string[] = [];
  constructor(private readonly capacity: number, private readonly profiles: { load(id: string): Promise<string> }) {}

  async join(id: string): Promise<boolean> {
    if (this.players.length >= this.capacity) return false;
    const profile = await this.profiles.load(id);
    if (this.players.length >= this.capacity) return false;
    this.players.push(profile);
    return true;
  }
}
