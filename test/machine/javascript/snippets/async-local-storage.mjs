import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const storage = new AsyncLocalStorage();
const other = new AsyncLocalStorage();
const tell = (where) => console.log(where, storage.getStore(), other.getStore());

async function request(name) {
  tell(`${name} begins`);
  await null;
  tell(`${name} after a turn`);
  await sleep(1);
  tell(`${name} after a while`);
  other.enterWith(`${name} entered`);
  await null;
  tell(`${name} ends`);
  return name;
}

tell('outside');
const all = Promise.all([storage.run('a', request, 'first'), storage.run('b', () => other.run(1, request, 'second'))]);
tell('called both');
console.log(await all);
tell('after both');

await new Promise((resolve) => {
  storage.run({ id: 7 }, () => {
    setImmediate(() => {
      tell('immediate');
      process.nextTick(() => {
        tell('tick');
        queueMicrotask(() => {
          tell('microtask');
          storage.exit(() => tell('exited'));
          tell('back');
          resolve();
        });
      });
    });
  });
});

let settle;
const waiting = new Promise((resolve) => (settle = resolve));
const seen = storage.run('who waits', () => waiting.then(() => tell('then')));
storage.run('who settles', () => settle());
await seen;

const bound = storage.run('bound', () => AsyncResource.bind(() => tell('bound')));
const snapshot = storage.run('kept', () => AsyncLocalStorage.snapshot());
storage.run('now', () => {
  bound();
  snapshot(() => tell('snapshot'));
  tell('still');
});
try {
  storage.run('thrown', () => {
    throw new Error('out');
  });
} catch (e) {
  tell(e.message);
}
