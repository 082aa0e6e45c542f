// race: check-then-remove check=11 act=13
const free = new Set(['1A']);
const sold = [];

async function charge(user) {
  await null;
  return user;
}

async function sell(seat, user) {
  if (free.has(seat)) {
    await charge(user);
    free.delete(seat);
    sold.push([seat, user]);
  }
}

Promise.all([sell('1A', 'ann'), sell('1A', 'bob')]).then(() => console.log(sold));
