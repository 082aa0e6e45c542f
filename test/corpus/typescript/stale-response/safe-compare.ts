// safe: stored only if still asked for
export class Explorer {
  path = '/';
  entries: string[] = [];
  constructor(private readonly backend: { list(path: string): Promise<string[]> }) {}

  async open(path: string): Promise<void> {
    this.path = path;
    const entries = await this.backend.list(path);
    if (this.path !== path) return;
    this.entries = entries;
  }
}
