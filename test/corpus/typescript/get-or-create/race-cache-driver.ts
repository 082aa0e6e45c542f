// race: get-or-create check=12 act=15
const cache = new Map<string, { name: string }>();
let loads = 0;

async function load(name: string): Promise<{ name: string }> {
  loads++;
  await new Promise((resolve) => setTimeout(resolve, 1));
  return { name };
}

async function get(name: string): Promise<{ name: string }> {
  const known = cache.get(name);
  if (known) return known;
  const made = await load(name);
  cache.set(name, made);
  return made;
}

const [x, y] = await Promise.all([get('x'), get('x')]);
console.log(x === y, loads);
