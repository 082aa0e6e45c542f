// safe: every worker has its own queue
async function drain(queue: number[]): Promise<number> {
  let sum = 0;
  while (queue.length > 0) {
    await null;
    sum += queue.shift() ?? 0;
  }
  return sum;
}

console.log(await Promise.all([drain([1, 2]), drain([3])]));
