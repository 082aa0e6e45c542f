// race: lock-order check=9 act=10
import { Mutex } from 'async-mutex';

const left = new Mutex();
const right = new Mutex();
const meals: string[] = [];

async function ada(): Promise<void> {
  const putLeft = await left.acquire();
  const putRight = await right.acquire();
  meals.push('ada');
  putRight();
  putLeft();
}

async function bob(): Promise<void> {
  const putRight = await right.acquire();
  const putLeft = await left.acquire();
  meals.push('bob');
  putLeft();
  putRight();
}

await Promise.all([ada(), bob()]);
console.log(meals);
