// race: stale-response check=13 act=14
class Preview {
  html = '';
  text = '';

  private async render(text: string): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, text.length));
    return `<p>${text}</p>`;
  }

  async changed(text: string): Promise<void> {
    this.text = text;
    const html = await this.render(text);
    this.html = html;
  }
}

const preview = new Preview();
await Promise.all(['hello', 'hi'].map((text) => preview.changed(text)));
console.log(preview.text, preview.html);
