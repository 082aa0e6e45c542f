// safe: each waits for the one before
let tail: Promise<void> = Promise.resolve();
const log: string[] = [];

function work(name: string): Promise<void> {
  tail = tail.then(async () => {
    log.push(`${name} starts`);
    await null;
    log.push(`${name} ends`);
  });
  return tail;
}

await Promise.all([work('a'), work('b')]);
console.log(log);
