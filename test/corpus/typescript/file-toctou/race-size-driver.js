// race: file-toctou check=5 act=7
const fs = require('fs').promises;

async function clean(path) {
  const info = await fs.stat(path);
  if (info.size === 0) {
    await fs.unlink(path);
    return 1;
  }
  return 0;
}

async function main() {
  await fs.writeFile('empty.txt', '');
  const removed = await Promise.all([clean('empty.txt'), clean('empty.txt')]);
  console.log(removed);
}

main();
