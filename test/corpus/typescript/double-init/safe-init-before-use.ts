// safe: initialised once, awaited, then used by both
let table: Map<string, number> | null = null;

async function load(): Promise<void> {
  if (table === null) {
    await null;
    table = new Map([['a', 1]]);
  }
}

async function look(key: string): Promise<number> {
  await null;
  return table?.get(key) ?? 0;
}

await load();
console.log(await Promise.all([look('a'), look('b')]));
