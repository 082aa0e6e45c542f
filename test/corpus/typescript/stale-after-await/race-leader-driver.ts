// race: stale-after-await check=10 act=12
interface Node {
  name: string;
  log: string[];
}

let leader: Node = { name: 'n1', log: [] };

async function append(entry: string): Promise<number> {
  const target = leader;
  await new Promise((resolve) => setTimeout(resolve, 1));
  target.log.push(entry);
  return leader.log.length;
}

async function elect(name: string): Promise<void> {
  await null;
  leader = { name, log: [] };
}

const [length] = await Promise.all([append('x'), elect('n2')]);
console.log(leader, length);
