// race: mutate-while-iterating check=15 act=16
export class Plugins {
  private plugins: { stop(): Promise<void> }[] = [];

  register(plugin: { stop(): Promise<void> }): void {
    this.plugins.push(plugin);
  }

  unregister(plugin: { stop(): Promise<void> }): void {
    const index = this.plugins.indexOf(plugin);
    if (index >= 0) this.plugins.splice(index, 1);
  }

  async stopAll(): Promise<void> {
    for (const plugin of this.plugins) {
      await plugin.stop();
    }
    this.plugins.length = 0;
  }
}
