// safe: the loop awaits each turn before the next
const wait = (ms: number): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(ms), ms));
let sum = 0;

async function addAll(values: number[]): Promise<void> {
  for (const value of values) {
    const before = sum;
    const more = await wait(value);
    sum = before + more;
  }
}

await addAll([1, 2, 3]);
console.log(sum);
