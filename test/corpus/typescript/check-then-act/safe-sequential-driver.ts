// safe: the calls are awaited one after the other
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let seatsLeft = 1;

async function book(): Promise<boolean> {
  if (seatsLeft === 0) return false;
  await wait(1);
  seatsLeft -= 1;
  return true;
}

const first = await book();
const second = await book();
console.log(first, second, seatsLeft);
