// safe: each request is awaited before the next
let shown = '';

async function load(name: string): Promise<string> {
  await null;
  return name;
}

async function show(name: string): Promise<void> {
  shown = await load(name);
}

await show('a');
await show('b');
console.log(shown);
