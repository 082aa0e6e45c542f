// safe: the memo belongs to one call
async function area(n: number): Promise<number> {
  await null;
  return n * n;
}

async function total(sizes: number[]): Promise<number> {
  const memo = new Map<number, number>();
  let sum = 0;
  for (const size of sizes) {
    if (!memo.has(size)) memo.set(size, await area(size));
    sum += memo.get(size) ?? 0;
  }
  return sum;
}

console.log(await Promise.all([total([1, 1, 2]), total([1, 3])]));
