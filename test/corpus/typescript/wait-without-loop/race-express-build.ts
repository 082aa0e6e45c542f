// race: wait-without-loop check=9 act=10
import express from 'express';
import { build, finished } from './builder';

const app = express();
let building = false;

app.post('/build', async (req, res) => {
  if (building) await finished();
  building = true;
  await build(req.body.project);
  building = false;
  res.end();
});

export default app;
