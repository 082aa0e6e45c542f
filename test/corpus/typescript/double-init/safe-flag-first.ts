// safe: the flag is set before the await
let started = false;
let migrations = 0;

async function start(): Promise<void> {
  if (started) return;
  started = true;
  await null;
  migrations++;
}

await Promise.all([start(), start()]);
console.log(migrations);
