// safe: the row is locked by the query
import { pool } from './pool';

export async function take(id: number): Promise<boolean> {
  const client = await pool.connect();
  await client.query('BEGIN');
  const rows = await client.query('SELECT free FROM seats WHERE id = $1 FOR UPDATE', [id]);
  if (rows.length === 0) return false;
  await client.query('UPDATE seats SET free = false WHERE id = $1', [id]);
  await client.query('COMMIT');
  return true;
}
