// race: lost-update check=11 act=11
let hits = 0;
const rates = [2, 3];

async function rate(i: number): Promise<number> {
  await null;
  return rates[i] ?? 0;
}

async function count(i: number): Promise<void> {
  hits = hits + (await rate(i));
}

await Promise.all([count(0), count(1)]);
console.log(hits);
