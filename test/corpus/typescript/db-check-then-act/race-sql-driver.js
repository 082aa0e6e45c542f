// race: db-check-then-act check=5 act=7
const { pool } = require('./pool');

async function claim(code) {
  const result = await pool.query('SELECT id FROM claims WHERE code = $1', [code]);
  if (result.rows.length > 0) return 'used';
  await pool.query('INSERT INTO claims (code) VALUES ($1)', [code]);
  return 'ok';
}

Promise.all([claim('A'), claim('A')]).then(console.log);
