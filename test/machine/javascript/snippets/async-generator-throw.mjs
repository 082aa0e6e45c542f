async function* gen() { try { yield 1; } catch (e) { console.log('inner', e.message); yield 'recovered'; } }
const g = gen();
await g.next();
console.log(await g.throw(new Error('injected')));
try { await g.throw(new Error('again')); } catch (e) { console.log('outer', e.message); }
console.log(await g.next());
