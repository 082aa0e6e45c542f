// race: double-init check=18 act=22
import { createConnection, type Connection } from './driver';

interface Plan {
  id: string;
  price: number;
}

/** Prices by plan, read once from the billing service. */
export class PriceList {
  private connection: Connection | null = null;
  private isLoaded = false;
  private readonly plans = new Map<string, Plan>();

  constructor(private readonly url: string) {}

  private async load(): Promise<void> {
    if (this.isLoaded) return;
    this.isLoaded = true;
    this.connection = await createConnection(this.url);
    const plans: Plan[] = await this.connection.list('plans');
    for (const plan of plans) this.plans.set(plan.id, plan);
  }

  async priceOf(id: string): Promise<number> {
    await this.load();
    const plan = this.plans.get(id);
    if (!plan) throw new Error(`no plan ${id}`);
    return plan.price;
  }
}
