// race: get-or-create check=10 act=11
import express from 'express';
import { createRoom, type Room } from './rooms';

const app = express();
const rooms: Record<string, Room> = {};

app.post('/rooms/:name/join', async (req, res) => {
  const { name } = req.params;
  if (!(name in rooms)) {
    rooms[name] = await createRoom(name);
  }
  rooms[name].members.add(req.body.user);
  res.sendStatus(204);
});

app.listen(3000);
