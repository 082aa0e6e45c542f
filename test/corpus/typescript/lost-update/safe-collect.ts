// safe: parts are collected by Promise.all and added up afterwards
const sizes = [1, 2, 3];

async function measure(n: number): Promise<number> {
  await null;
  return n * 10;
}

let total = 0;
const parts = await Promise.all(sizes.map(measure));
for (const part of parts) total = total + part;
console.log(total);
