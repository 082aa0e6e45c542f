// race: get-or-create check=12 act=15
interface Pool {
  query(sql: string): Promise<unknown[]>;
}

export class TenantPools {
  readonly #pools = new Map<string, Pool>();

  constructor(private readonly factory: { create(tenant: string): Promise<Pool> }) {}

  async pool(tenant: string): Promise<Pool> {
    let pool = this.#pools.get(tenant);
    if (pool === undefined) {
      pool = await this.factory.create(tenant);
      this.#pools.set(tenant, pool);
    }
    return pool;
  }
}
