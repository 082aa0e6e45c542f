// safe: written only if nobody else wrote in between
export class Draft {
  private text = '';
  constructor(private readonly editor: { polish(text: string): Promise<string> }) {}

  async polish(): Promise<boolean> {
    const before = this.text;
    const polished = await this.editor.polish(before);
    if (this.text !== before) return false;
    this.text = before + polished;
    return true;
  }

  type(more: string): void {
    this.text += more;
  }
}
