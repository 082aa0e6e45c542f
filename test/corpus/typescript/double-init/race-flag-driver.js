// race: double-init check=11 act=13
let started = false;
const log = [];

async function migrate() {
  await Promise.resolve();
  log.push('migrated');
}

async function start() {
  if (started) return;
  await migrate();
  started = true;
}

start();
start();
setTimeout(() => console.log(log), 5);
