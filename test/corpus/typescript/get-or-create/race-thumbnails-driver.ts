// race: get-or-create check=13 act=14
class Thumbnails {
  readonly made = new Map<number, string>();
  rendered: number[] = [];

  async render(id: number): Promise<string> {
    this.rendered.push(id);
    await Promise.resolve();
    return `thumbnail ${id}`;
  }

  async of(id: number): Promise<string | undefined> {
    if (!this.made.has(id)) {
      this.made.set(id, await this.render(id));
    }
    return this.made.get(id);
  }
}

const thumbnails = new Thumbnails();
await Promise.allSettled([thumbnails.of(1), thumbnails.of(1), thumbnails.of(2)]);
console.log(thumbnails.rendered);
