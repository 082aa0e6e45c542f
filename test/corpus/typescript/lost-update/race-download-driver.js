// race: lost-update check=7 act=9
const progress = { bytes: 0, files: 0 };

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function download(name, size) {
  const before = progress.bytes;
  await sleep(size);
  progress.bytes = before + size;
  return name;
}

Promise.all([download('a.zip', 3), download('b.zip', 4)]).then((names) => {
  console.log(names, progress.bytes);
});
