// safe: who comes second is sent away
export class Device {
  private inUse = false;

  async use(action: () => Promise<void>): Promise<boolean> {
    if (this.inUse) return false;
    this.inUse = true;
    await action();
    this.inUse = false;
    return true;
  }
}
