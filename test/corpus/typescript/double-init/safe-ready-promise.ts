// safe: all wait for one promise
import { createConnection, type Connection } from './driver';

interface Plan {
  id: string;
  price: number;
}

/** Prices by plan, read once from the billing service. */
export class PriceList {
  private connection: Connection | null = null;
  private loading: Promise<void> | null = null;
  private readonly plans = new Map<string, Plan>();

  constructor(private readonly url: string) {}

  private load(): Promise<void> {
    this.loading ??= this.readPlans();
    return this.loading;
  }

  private async readPlans(): Promise<void> {
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
