// safe: a loop in a service
export class Device {
  private inUse = false;
  constructor(private readonly idle: () => Promise<void>) {}

  async use(action: () => Promise<void>): Promise<void> {
    while (this.inUse) await this.idle();
    this.inUse = true;
    await action();
    this.inUse = false;
  }
}
