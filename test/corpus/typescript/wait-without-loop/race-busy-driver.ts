// race: wait-without-loop check=7 act=10
let busy = false;
let wake: (() => void)[] = [];
const log: string[] = [];

async function work(name: string): Promise<void> {
  if (busy) {
    await new Promise<void>((resolve) => wake.push(resolve));
  }
  busy = true;
  log.push(`${name} starts`);
  await null;
  log.push(`${name} ends`);
  busy = false;
  for (const resolve of wake) resolve();
  wake = [];
}

await Promise.all([work('a'), work('b'), work('c')]);
console.log(log);
