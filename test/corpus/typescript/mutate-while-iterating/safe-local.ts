// safe: the array belongs to the call
async function total(values: number[]): Promise<number> {
  const copy = values.slice();
  let sum = 0;
  for (const value of copy) {
    await null;
    sum += value;
  }
  return sum;
}

console.log(await Promise.all([total([1, 2]), total([3])]));
