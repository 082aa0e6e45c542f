// safe: looks again after the await and keeps the first
export class Pools {
  private pools = new Map<string, object>();
  constructor(private readonly create: (tenant: string) => Promise<object>) {}

  async pool(tenant: string): Promise<object> {
    const known = this.pools.get(tenant);
    if (known) return known;
    const made = await this.create(tenant);
    const other = this.pools.get(tenant);
    if (other) return other;
    this.pools.set(tenant, made);
    return made;
  }
}
