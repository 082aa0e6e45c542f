async function f() { try { await null; return 'try'; } finally { console.log('cleanup'); await null; console.log('cleaned'); } }
console.log(await f());
async function g() { for (const x of [1, 2, 3]) { try { if (x === 2) return x; } finally { console.log('f', x); } } }
console.log(await g());
async function h() { try { throw new Error('e'); } catch (e) { return await Promise.resolve(e.message); } finally { console.log('h'); } }
console.log(await h());
