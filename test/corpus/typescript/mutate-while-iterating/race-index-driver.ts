// race: mutate-while-iterating check=12 act=13
class Feed {
  readonly items = ['x', 'y'];
  readonly sent: string[] = [];

  private async send(item: string): Promise<void> {
    await null;
    this.sent.push(item);
  }

  async sendAll(): Promise<void> {
    for (let i = 0; i < this.items.length; i++) {
      await this.send(this.items[i] ?? 'nothing');
    }
  }

  async drop(): Promise<void> {
    await null;
    this.items.shift();
  }
}

const feed = new Feed();
await Promise.all([feed.sendAll(), feed.drop()]);
console.log(feed.sent);
