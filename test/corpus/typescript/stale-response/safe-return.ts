// safe: the answer is handed back, not stored
export class Explorer {
  constructor(private readonly backend: { list(path: string): Promise<string[]> }) {}

  async open(path: string): Promise<string[]> {
    const entries = await this.backend.list(path);
    return entries.sort();
  }
}
