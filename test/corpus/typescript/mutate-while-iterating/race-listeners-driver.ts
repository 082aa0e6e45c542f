// race: mutate-while-iterating check=6 act=7
const listeners = new Set<string>(['a', 'b']);
const notified: string[] = [];

async function notify(): Promise<void> {
  for (const listener of listeners) {
    await null;
    notified.push(listener);
  }
}

async function unsubscribe(name: string): Promise<void> {
  await null;
  listeners.delete(name);
}

await Promise.all([notify(), unsubscribe('b')]);
console.log(notified);
