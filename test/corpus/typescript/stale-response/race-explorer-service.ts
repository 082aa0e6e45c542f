// race: stale-response check=10 act=11
export class Explorer {
  path = '/';
  entries: string[] = [];

  constructor(private readonly backend: { list(path: string): Promise<string[]> }) {}

  async open(path: string): Promise<void> {
    this.path = path;
    const entries = await this.backend.list(path);
    this.entries = entries;
  }
}
