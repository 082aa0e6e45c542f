// safe: awaited first, then read and written in one go
export class ScoreBoard {
  private total = 0;
  constructor(private readonly judge: { points(player: string): Promise<number> }) {}

  async add(player: string): Promise<number> {
    const points = await this.judge.points(player);
    this.total += points;
    return this.total;
  }
}
