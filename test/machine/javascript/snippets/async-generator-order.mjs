async function* gen() { yield 1; yield 2; }
(async () => { for await (const v of gen()) console.log('v', v); console.log('end'); })();
let p = Promise.resolve();
for (let i = 0; i < 12; i++) p = p.then(() => console.log('tick', i));
