// race: lock-order check=16 act=18
import { Mutex } from 'async-mutex';

export class Store {
  private readonly data = new Mutex();
  private readonly log = new Mutex();
  private lines: string[] = [];

  private async note(line: string): Promise<void> {
    await this.log.runExclusive(async () => {
      this.lines.push(line);
    });
  }

  async save(disk: { write(): Promise<void> }): Promise<void> {
    await this.data.runExclusive(async () => {
      await disk.write();
      await this.note('saved');
    });
  }

  async rotate(disk: { write(): Promise<void> }): Promise<void> {
    await this.log.runExclusive(async () => {
      await this.data.runExclusive(() => disk.write());
      this.lines = [];
    });
  }
}
