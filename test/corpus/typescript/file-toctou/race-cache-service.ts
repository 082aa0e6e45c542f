// race: file-toctou check=8 act=10
import * as fs from 'node:fs';

export class DiskCache {
  constructor(private readonly load: (key: string) => Promise<string>) {}

  async warm(file: string): Promise<void> {
    if (fs.existsSync(file)) return;
    const text = await this.load(file);
    fs.writeFileSync(file, text);
  }
}
