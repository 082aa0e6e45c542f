// race: lock-order check=11 act=13
import { Mutex } from 'async-mutex';

export class Index {
  private readonly words = new Mutex();
  private readonly files = new Mutex();

  constructor(private readonly disk: { write(text: string): Promise<void> }) {}

  async add(word: string): Promise<void> {
    await this.words.runExclusive(async () => {
      await this.disk.write(word);
      await this.files.runExclusive(() => this.disk.write('files'));
    });
  }

  async drop(file: string): Promise<void> {
    await this.files.runExclusive(async () => {
      await this.disk.write(file);
      await this.words.runExclusive(() => this.disk.write('words'));
    });
  }
}
