// race: file-toctou check=11 act=16
import express from 'express';
import * as fs from 'fs/promises';
import { existsSync } from 'fs';
import { scan } from './scanner';

const app = express();

app.put('/files/:name', async (req, res) => {
  const path = `uploads/${req.params.name}`;
  if (existsSync(path)) {
    res.sendStatus(409);
    return;
  }
  await scan(req.body);
  await fs.writeFile(path, req.body);
  res.sendStatus(201);
});

export default app;
