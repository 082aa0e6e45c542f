// safe: the second call waits for the first
const stack = ['only'];

async function take(): Promise<string | undefined> {
  if (stack.length === 0) return undefined;
  await null;
  return stack.pop();
}

async function main(): Promise<void> {
  console.log(await take());
  console.log(await take());
}

await main();
