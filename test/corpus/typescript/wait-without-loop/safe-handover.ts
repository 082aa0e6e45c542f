// safe: the permit is handed to the one that waits
export class Semaphore {
  private free = 1;
  private readonly waiting: (() => void)[] = [];

  async acquire(): Promise<void> {
    if (this.free > 0) {
      this.free--;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  release(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
  }
}
