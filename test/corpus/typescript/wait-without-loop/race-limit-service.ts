// race: wait-without-loop check=8 act=9
export class Limiter {
  private active = 0;

  constructor(private readonly max: number, private readonly room: { wait(): Promise<void> }) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.active >= this.max) await this.room.wait();
    this.active++;
    try {
      return await task();
    } finally {
      this.active--;
    }
  }
}
