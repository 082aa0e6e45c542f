// race: check-then-remove check=12 act=14
export class IdlePool<T> {
  private idle: T[] = [];

  constructor(private readonly check: (item: T) => Promise<boolean>, private readonly make: () => Promise<T>) {}

  release(item: T): void {
    this.idle.push(item);
  }

  async acquire(): Promise<T> {
    const last = this.idle[this.idle.length - 1];
    if (last !== undefined && (await this.check(last))) {
      return this.idle.pop() as T;
    }
    return this.make();
  }
}
