// safe: the state belongs to the request
import express from 'express';
import { lookup } from './catalogue';

const app = express();

app.get('/cart', async (req, res) => {
  let total = 0;
  for (const id of String(req.query.ids).split(',')) {
    if (total > 1000) break;
    const item = await lookup(id);
    total += item.price;
  }
  res.json({ total });
});

export default app;
