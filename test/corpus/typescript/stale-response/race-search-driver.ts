// race: stale-response check=11 act=11
const delays: Record<string, number> = { ca: 3, cat: 1 };
const box = { query: '', results: [] as string[] };

function ask(query: string): Promise<string[]> {
  return new Promise((resolve) => setTimeout(() => resolve([`${query}!`]), delays[query]));
}

async function type(query: string): Promise<void> {
  box.query = query;
  box.results = await ask(query);
}

await Promise.all([type('ca'), type('cat')]);
console.log(box);
