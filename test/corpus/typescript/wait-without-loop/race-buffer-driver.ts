// race: wait-without-loop check=16 act=17
class Buffer1 {
  readonly items: string[] = [];
  private waiting: (() => void)[] = [];

  private filled(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  put(item: string): void {
    this.items.push(item);
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  async take(): Promise<string> {
    if (this.items.length === 0) await this.filled();
    return this.items.shift()!.trim();
  }
}

const buffer = new Buffer1();
const taking = Promise.allSettled([buffer.take(), buffer.take()]);
buffer.put('one');
console.log(await taking);
