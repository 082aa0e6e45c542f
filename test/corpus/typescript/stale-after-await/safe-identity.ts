// safe: the identity is compared after the await
export class Workspace {
  private active: { insert(text: string): void } | undefined;
  constructor(private readonly load: (name: string) => Promise<string>) {}

  open(editor: { insert(text: string): void } | undefined): void {
    this.active = editor;
  }

  async insertSnippet(name: string): Promise<boolean> {
    const editor = this.active;
    const text = await this.load(name);
    if (editor === undefined || this.active !== editor) return false;
    editor.insert(text);
    return true;
  }
}
