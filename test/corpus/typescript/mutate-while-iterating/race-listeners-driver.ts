// race: mutate-while-iterating check=6 act=7
const listeners = ['a', 'b', 'c'];
const notified: string[] = [];

async function notify(): Promise<void> {
  for (const listener of listeners) {
    await null;
    notified.push(listener);
  }
}

async function unsubscribe(name: string): Promise<void> {
  await null;
  listeners.splice(listeners.indexOf(name), 1);
}

await Promise.all([notify(), unsubscribe('a')]);
console.log(notified);
