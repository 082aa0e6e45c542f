// race: split-critical-section check=21 act=22
import { Mutex } from 'async-mutex';

export class Quota {
  private readonly mutex = new Mutex();
  private used = 0;

  constructor(private readonly limit: number) {}

  private async isFull(): Promise<boolean> {
    return this.mutex.runExclusive(() => this.used >= this.limit);
  }

  private async take(): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.used += 1;
    });
  }

  async acquire(): Promise<boolean> {
    if (await this.isFull()) return false;
    await this.take();
    return true;
  }
}
