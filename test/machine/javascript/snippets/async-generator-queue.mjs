async function* gen() { console.log('started'); yield 'a'; await null; yield 'b'; return 'c'; }
const g = gen();
const all = [g.next(), g.next(), g.next(), g.next()];
console.log('requested');
console.log(await Promise.all(all));
