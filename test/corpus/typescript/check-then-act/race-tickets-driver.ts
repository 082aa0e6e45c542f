// race: check-then-act check=16 act=18
interface Booking {
  seat: string;
  user: string;
}

const bookings: Booking[] = [];

function isFree(seat: string): boolean {
  return !bookings.some((b) => b.seat === seat);
}

const pay = (user: string): Promise<string> => new Promise((resolve) => setTimeout(() => resolve(`paid by ${user}`), 5));

async function book(seat: string, user: string): Promise<boolean> {
  if (!isFree(seat)) return false;
  await pay(user);
  bookings.push({ seat, user });
  return true;
}

await Promise.all([book('7C', 'ida'), book('7C', 'lars')]);
console.log(bookings);
