// race: mutate-while-iterating check=8 act=9
const queue = [1, 2, 3];
const handled = [];

const wait = () => new Promise((resolve) => setTimeout(resolve, 1));

async function handleAll() {
  for (const item of queue) {
    await wait();
    handled.push(item);
  }
}

async function cancel(item) {
  await null;
  queue.splice(queue.indexOf(item), 1);
}

Promise.all([handleAll(), cancel(1)]).then(() => console.log(handled));
