// race: wait-without-loop check=8 act=11
export class Device {
  private inUse = false;

  constructor(private readonly idle: () => Promise<void>) {}

  async use(action: () => Promise<void>): Promise<void> {
    if (this.inUse) {
      await this.idle();
    }
    this.inUse = true;
    await action();
    this.inUse = false;
  }
}
