// safe: the data base decides
import { pool } from './pool';

export async function claim(code: string): Promise<boolean> {
  const result = await pool.query('INSERT INTO claims (code) VALUES ($1) ON CONFLICT DO NOTHING', [code]);
  return result.rowCount === 1;
}
