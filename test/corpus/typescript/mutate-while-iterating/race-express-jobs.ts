// race: mutate-while-iterating check=14 act=15
import express from 'express';
import { run } from './runner';

const app = express();
const jobs: string[] = [];

app.post('/jobs', (req, res) => {
  jobs.push(req.body.name);
  res.end();
});

app.post('/run', async (_req, res) => {
  for (const job of jobs) {
    await run(job);
  }
  jobs.splice(0);
  res.end();
});

export default app;
