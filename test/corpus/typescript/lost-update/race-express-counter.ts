// race: lost-update check=9 act=9
import { Router } from 'express';
import { currentPrice } from './market';

export const router = Router();
let revenue = 0;

router.post('/sale', async (req, res) => {
  revenue += await currentPrice(req.body.item);
  res.json({ revenue });
});
