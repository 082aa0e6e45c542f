// race: lost-update check=10 act=12
type Repository = { write(player: string, score: number): Promise<void> };

export class ScoreBoard {
  private scores = new Map<string, number>();

  constructor(private readonly repository: Repository) {}

  async addPoints(player: string, points: number): Promise<void> {
    const score = (this.scores.get(player) ?? 0) + points;
    await this.repository.write(player, score);
    this.scores.set(player, score);
  }

  top(): number {
    return Math.max(...this.scores.values());
  }
}
