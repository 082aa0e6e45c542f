// race: db-check-then-act check=5 act=7
import { Account } from './models';

export async function openAccount(owner: string): Promise<boolean> {
  const count = await Account.count({ where: { owner } });
  if (count >= 1) return false;
  await Account.create({ owner, balance: 0 });
  return true;
}
