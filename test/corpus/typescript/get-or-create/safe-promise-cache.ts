// safe: the cache holds promises
const cache = new Map<string, Promise<string>>();
let loads = 0;

async function load(name: string): Promise<string> {
  loads++;
  await null;
  return name.toUpperCase();
}

function get(name: string): Promise<string> {
  let pending = cache.get(name);
  if (!pending) {
    pending = load(name);
    cache.set(name, pending);
  }
  return pending;
}

await Promise.all([get('x'), get('x')]);
console.log(loads);
