// race: double-init check=13 act=15
class WorkerPool {
  private worker: { id: number } | undefined;
  private next = 1;

  private async spawn(): Promise<{ id: number }> {
    const id = this.next++;
    await null;
    return { id };
  }

  async get(): Promise<{ id: number }> {
    if (this.worker) return this.worker;
    const worker = await this.spawn();
    this.worker = worker;
    return worker;
  }
}

const pool = new WorkerPool();
const workers = await Promise.all([pool.get(), pool.get()]);
console.log(workers.map((w) => w.id));
