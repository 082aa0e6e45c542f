// safe: the condition is tested again
let busy = false;
let wake: (() => void)[] = [];
const log: string[] = [];

async function work(name: string): Promise<void> {
  while (busy) {
    await new Promise<void>((resolve) => wake.push(resolve));
  }
  busy = true;
  log.push(name);
  await null;
  busy = false;
  for (const resolve of wake) resolve();
  wake = [];
}

await Promise.all([work('a'), work('b'), work('c')]);
console.log(log);
