// safe: the two calls never share a key
const results = new Map<number, number>();

async function compute(n: number): Promise<void> {
  if (!results.has(n)) {
    await null;
    results.set(n, n * n);
  }
}

await Promise.all([compute(2), compute(3)]);
console.log(results.get(2), results.get(3));
