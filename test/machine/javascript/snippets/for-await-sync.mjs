for await (const x of [Promise.resolve(1), 2, Promise.resolve(3)]) console.log(x);
const it = { [Symbol.asyncIterator]() { let i = 0; return { next: async () => ({ value: i, done: i++ >= 3 }), return: async () => { console.log('closed'); return {}; } }; } };
for await (const x of it) { console.log(x); if (x === 1) break; }
try { for await (const x of [Promise.reject(new Error('rejected item'))]) console.log(x); } catch (e) { console.log(e.message); }
