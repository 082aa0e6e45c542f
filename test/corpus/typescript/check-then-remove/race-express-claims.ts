// race: check-then-remove check=9 act=14
import express from 'express';
import { notify } from './notify';

const app = express();
const gifts: string[] = ['mug', 'pen'];

app.post('/claim', async (req, res) => {
  if (gifts.length === 0) {
    res.status(404).end();
    return;
  }
  await notify(req.body.user);
  const gift = gifts.pop();
  res.json({ gift });
});

export { app };
