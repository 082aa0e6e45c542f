// race: check-then-act check=9 act=11
const slots = new Map([['morning', 1], ['evening', 2]]);

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function claim(slot) {
  if (slots.get(slot) > 0) {
    await wait(2);
    slots.set(slot, slots.get(slot) - 1);
    return 'claimed';
  }
  return 'full';
}

async function main() {
  const answers = await Promise.all(['morning', 'morning'].map((slot) => claim(slot)));
  console.log(answers, slots.get('morning'));
}

main();
