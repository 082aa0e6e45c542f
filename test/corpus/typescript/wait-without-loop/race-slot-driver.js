// race: wait-without-loop check=10 act=11
let free = 1;
const waiting = [];

function changed() {
  return new Promise((resolve) => waiting.push(resolve));
}

async function job(name) {
  if (free === 0) await changed();
  free -= 1;
  await null;
  free += 1;
  waiting.splice(0).forEach((resolve) => resolve());
  return name;
}

Promise.all([job('a'), job('b'), job('c')]).then((names) => console.log(names, free));
