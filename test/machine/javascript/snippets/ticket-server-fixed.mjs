const seats = new Map(); const pending = new Map();
async function book(seat, user) { if (seats.has(seat) || pending.has(seat)) return `${user} too late`; pending.set(seat, user); try { await new Promise((r) => setTimeout(r, 2)); seats.set(seat, user); return `${user} got ${seat}`; } finally { pending.delete(seat); } }
console.log(await Promise.all([book('A1', 'ann'), book('A1', 'bob'), book('B2', 'cid')]), seats, pending.size);
