async function* gen() { try { yield 1; const x = yield Promise.resolve(2); console.log('got', x); yield 3; } finally { console.log('cleanup'); } }
for await (const v of gen()) console.log(v);
const g = gen();
console.log(await g.next(), await g.next(), await g.next('hello'), await g.next(), await g.next());
const h = gen();
console.log(await h.next(), await h.return('r'), await h.next());
for await (const v of gen()) { console.log('early', v); break; }
