// race: lock-order check=11 act=12
import express from 'express';
import { Mutex } from 'async-mutex';
import { charge, ship } from './services';

const app = express();
const billing = new Mutex();
const shipping = new Mutex();

app.post('/order', async (req, res) => {
  const releaseBilling = await billing.acquire();
  const releaseShipping = await shipping.acquire();
  await charge(req.body.order);
  await ship(req.body.order);
  releaseShipping();
  releaseBilling();
  res.end();
});

app.post('/return', async (req, res) => {
  const releaseShipping = await shipping.acquire();
  const releaseBilling = await billing.acquire();
  await charge(req.body.order);
  releaseBilling();
  releaseShipping();
  res.end();
});

export default app;
