async function plain() { return 1; }
async function nested() { return Promise.resolve(2); }
async function awaited() { return await Promise.resolve(3); }
nested().then((v) => console.log('nested', v));
plain().then((v) => console.log('plain', v));
awaited().then((v) => console.log('awaited', v));
let p = Promise.resolve();
for (let i = 0; i < 6; i++) p = p.then(() => console.log('tick', i));
