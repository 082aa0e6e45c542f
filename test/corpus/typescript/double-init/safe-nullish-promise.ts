// safe: `??=` stores the promise at once
let opening: Promise<number> | undefined;
let opened = 0;

async function open(): Promise<number> {
  await null;
  return ++opened;
}

function database(): Promise<number> {
  opening ??= open();
  return opening;
}

const [a, b] = await Promise.all([database(), database()]);
console.log(a === b);
