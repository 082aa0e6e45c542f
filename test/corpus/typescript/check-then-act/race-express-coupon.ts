// race: check-then-act check=9 act=14
import express from 'express';
import { sendMail } from './mail';

const app = express();
let couponsLeft = 10;

app.post('/coupon', async (req, res) => {
  if (couponsLeft <= 0) {
    res.status(410).json({ error: 'no coupons left' });
    return;
  }
  await sendMail(req.body.email, 'Your coupon');
  couponsLeft--;
  res.json({ left: couponsLeft });
});

export default app;
