// safe: taken out one by one
const queue = [1, 2];
const handled: number[] = [];

async function handleAll(): Promise<void> {
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    await null;
    handled.push(item);
  }
}

await Promise.all([handleAll(), handleAll()]);
console.log(handled.length);
