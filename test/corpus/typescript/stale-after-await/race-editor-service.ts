// race: stale-after-await check=20 act=22
interface Editor {
  insert(text: string): void;
}

export class Workspace {
  private active: Editor | undefined;

  constructor(private readonly snippets: { load(name: string): Promise<string> }) {}

  open(editor: Editor): void {
    this.active = editor;
  }

  close(): void {
    this.active = undefined;
  }

  async insertSnippet(name: string): Promise<void> {
    if (!this.active) return;
    const text = await this.snippets.load(name);
    this.active.insert(text);
  }
}
