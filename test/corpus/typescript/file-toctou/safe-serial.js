// safe: the second call waits for the first
const fs = require('fs').promises;

async function save(path, text) {
  const info = await fs.stat(path).catch(() => null);
  if (!info) await fs.writeFile(path, text);
}

async function main() {
  await save('a.txt', 'one');
  await save('a.txt', 'two');
}

main();
