// race: split-critical-section check=11 act=14
const { Mutex } = require('async-mutex');

const reading = new Mutex();
const writing = new Mutex();
let total = 0;

async function add(n) {
  let before = 0;
  await reading.runExclusive(async () => {
    before = total;
  });
  await writing.runExclusive(async () => {
    total = before + n;
  });
}

Promise.all([add(1), add(2)]).then(() => console.log(total));
