// race: stale-after-await check=19 act=24
import express from 'express';
import { verify } from './auth';

const app = express();
let upstream: { forward(body: unknown): Promise<unknown> } | null = null;

app.post('/upstream', (req, res) => {
  upstream = req.body.upstream;
  res.end();
});

app.delete('/upstream', (_req, res) => {
  upstream = null;
  res.end();
});

app.post('/forward', async (req, res) => {
  if (!upstream) {
    res.status(503).end();
    return;
  }
  await verify(req.body.token);
  res.json(await upstream.forward(req.body));
});

export default app;
