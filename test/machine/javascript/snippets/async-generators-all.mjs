async function* ticks(n) { try { for (let i = 0; i < n; i++) { await null; yield i; } return 'end'; } finally { console.log('cleanup'); } }
async function* map(it, f) { for await (const x of it) yield f(x); }
async function* take(it, n) { let i = 0; for await (const x of it) { if (i++ >= n) return; yield x; } }
async function collect(it) { const out = []; for await (const x of it) out.push(x); return out; }
console.log(await collect(map(ticks(3), (x) => x * 10)), await collect(take(ticks(10), 2)));
const g = ticks(5); console.log(await g.next(), await g.next(), await g.return('early'), await g.next());
const h = ticks(2); await h.next(); try { await h.throw(new Error('thrown')); } catch (e) { console.log(e.message); }
const q = ticks(3); console.log(await Promise.all([q.next(), q.next(), q.next(), q.next(), q.next()]));
async function* deleg() { const r = yield* ticks(2); console.log('r', r); yield* [Promise.resolve('p'), 'q']; }
console.log(await collect(deleg()));
class Channel { #q = []; #w = []; #closed = false; push(v) { const w = this.#w.shift(); if (w) w({ value: v, done: false }); else this.#q.push(v); } close() { this.#closed = true; for (const w of this.#w) w({ value: undefined, done: true }); }
  [Symbol.asyncIterator]() { return { next: () => this.#q.length ? Promise.resolve({ value: this.#q.shift(), done: false }) : this.#closed ? Promise.resolve({ value: undefined, done: true }) : new Promise((r) => this.#w.push(r)), return: async () => { console.log('returned'); return {}; } }; } }
const ch = new Channel(); const got = collect(ch); ch.push(1); ch.push(2); await null; ch.push(3); ch.close(); console.log(await got);
const c2 = new Channel(); c2.push('a'); c2.push('b'); for await (const x of c2) { console.log(x); break; }
async function* err() { yield 1; throw new TypeError('inside'); } try { for await (const x of err()) console.log(x); } catch (e) { console.log(e.name); }
async function* merge(...its) { const ps = new Map(its.map((it, i) => [i, it.next().then((r) => [i, r])])); while (ps.size) { const [i, r] = await Promise.race(ps.values()); if (r.done) ps.delete(i); else { ps.set(i, its[i].next().then((r2) => [i, r2])); yield r.value; } } }
console.log((await collect(merge(ticks(2), ticks(3)))).sort());
for await (const x of [1, Promise.resolve(2), (async () => 3)()]) console.log(x);
console.log(Object.prototype.toString.call(g), typeof g.next, g[Symbol.asyncIterator]() === g);
outer: for await (const x of ticks(3)) { for (const y of [1, 2]) { if (y === 2) continue outer; if (x === 1) break outer; console.log(x, y); } }
async function* f2() { const x = yield 1; console.log('x', x); try { yield 2; } finally { yield 'fin'; } } const k = f2(); console.log(await k.next(), await k.next('s'), await k.return('R'), await k.next(), await k.next());
