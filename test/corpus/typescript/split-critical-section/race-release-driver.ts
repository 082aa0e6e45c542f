// race: split-critical-section check=9 act=13
import { Mutex } from 'async-mutex';

const mutex = new Mutex();
const rooms = new Map<string, string[]>();

async function join(room: string, user: string): Promise<void> {
  let release = await mutex.acquire();
  const members = rooms.get(room) ?? [];
  mutex.release();
  await null;
  release = await mutex.acquire();
  rooms.set(room, [...members, user]);
  release();
}

await Promise.all([join('r', 'ann'), join('r', 'bob')]);
console.log(rooms.get('r'));
