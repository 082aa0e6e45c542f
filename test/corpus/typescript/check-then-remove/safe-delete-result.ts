// safe: what delete() returns decides, not an earlier look
const free = new Set(['1A']);
const sold: string[] = [];

async function sell(seat: string, user: string): Promise<void> {
  if (!free.delete(seat)) return;
  await null;
  sold.push(`${seat} ${user}`);
}

await Promise.all([sell('1A', 'ann'), sell('1A', 'bob')]);
console.log(sold);
