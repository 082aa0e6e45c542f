// race: db-check-then-act check=8 act=13
import express from 'express';
import { User } from './models/user';

const app = express();

app.post('/register', async (req, res) => {
  const existing = await User.findOne({ email: req.body.email });
  if (existing) {
    res.status(409).json({ error: 'taken' });
    return;
  }
  const user = await User.create({ email: req.body.email });
  res.json({ id: user.id });
});

export default app;
