// race: file-toctou check=8 act=10
import * as fs from 'node:fs/promises';

export class FileLock {
  constructor(private readonly path: string) {}

  async tryAcquire(owner: string): Promise<boolean> {
    const taken = await fs.stat(this.path).catch(() => null);
    if (taken) return false;
    await fs.writeFile(this.path, owner);
    return true;
  }
}
