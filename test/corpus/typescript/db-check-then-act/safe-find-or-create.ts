// safe: findOrCreate is one operation
import { Account } from './models';

export async function openAccount(owner: string): Promise<boolean> {
  const [, created] = await Account.findOrCreate({ where: { owner } });
  return created;
}
