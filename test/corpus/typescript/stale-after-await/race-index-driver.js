// race: stale-after-await check=11 act=14
const tasks = ['a', 'b', 'c'];
const finished = [];

async function remove(name) {
  await null;
  tasks.splice(tasks.indexOf(name), 1);
}

async function finish(name) {
  const index = tasks.indexOf(name);
  await null;
  await null;
  finished.push(tasks[index]);
}

Promise.all([finish('b'), remove('a')]).then(() => console.log(finished));
