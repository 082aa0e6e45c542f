const seats = new Map([['A1', null]]);
const db = { async save(seat, user) { await new Promise((r) => setTimeout(r, 2)); seats.set(seat, user); } };
async function book(seat, user) { if (seats.get(seat) === null) { await db.save(seat, user); return `${user} got ${seat}`; } return `${user} too late`; }
console.log(await Promise.all([book('A1', 'ann'), book('A1', 'bob')]), seats);
