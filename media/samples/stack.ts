// The stack of the first sample with two asynchronous tasks: an await between the check and the removal.
const stack = [2, 3, 4, 5, 6, 7, 8];
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

async function takeEven(): Promise<void> {
  while (true) {
    const first = stack[0];
    await pause(1);
    if (first % 2 === 0) stack.shift();
    await pause(1);
  }
}

async function grow(): Promise<void> {
  while (true) {
    stack.unshift(stack[stack.length - 1] + 1);
    await pause(2);
  }
}

void Promise.all([takeEven(), grow()]);
