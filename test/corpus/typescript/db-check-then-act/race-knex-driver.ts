// race: db-check-then-act check=5 act=7
import { knex } from './database';

async function subscribe(email: string): Promise<void> {
  const found = await knex('subscribers').where({ email }).first();
  if (!found) {
    await knex('subscribers').insert({ email });
  }
}

for (const email of ['a@b.c', 'a@b.c']) void subscribe(email);
