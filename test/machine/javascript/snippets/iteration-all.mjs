function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
const take = (n, it) => { const out = []; for (const x of it) { if (out.length >= n) break; out.push(x); } return out; }; console.log(take(8, fib()));
class Tree { constructor(v, l, r) { this.v = v; this.l = l; this.r = r; } *[Symbol.iterator]() { if (this.l) yield* this.l; yield this.v; if (this.r) yield* this.r; } }
const t = new Tree(2, new Tree(1), new Tree(3)); console.log([...t], Math.max(...t), Array.from(t, (x) => x * 2), new Set(t), Object.fromEntries([...t].map((x) => [x, x])));
const [first, , third = 'd', ...rest] = t; console.log(first, third, rest);
function* g() { try { const x = yield 1; console.log('x', x); yield 2; } catch (e) { console.log('c', e); yield 'caught'; } finally { console.log('f'); } return 'done'; }
const i = g(); console.log(i.next('ignored'), i.next('sent'), i.throw('oops'), i.next(), i.next());
const j = g(); j.next(); console.log(j.return(9), j.next()); for (const x of g()) { console.log(x); break; }
function* d() { const r = yield* g(); console.log('r', r); } console.log([...d()]);
const it = { from: 1, to: 3, [Symbol.iterator]() { let c = this.from, e = this.to; return { next: () => c <= e ? { value: c++, done: false } : { value: undefined, done: true }, return() { console.log('ret'); return {}; } }; } };
for (const x of it) { if (x === 2) break; } try { for (const x of it) throw new Error('in loop'); } catch (e) { console.log(e.message); } const [p] = it; console.log(p, [...it]);
const m = new Map([['a', 1], ['b', 2]]); for (const [k, v] of m) { console.log(k, v); if (k === 'a') { m.delete('b'); m.set('c', 3); } } console.log(m, [...m.keys()], m.entries().next(), m.size);
const s = new Set([1, 2, 3]); s.forEach((v) => { console.log(v); if (v === 1) { s.delete(2); s.add(4); s.delete(1); s.add(1); } if (s.size > 5) throw 1; if (v === 4) s.delete(1); }); console.log(s);
const arr = [1, 2, 3]; for (const x of arr) { console.log(x); if (arr.length < 5) arr.push(x * 10); } arr.forEach((x, k) => { if (k === 0) arr.length = 2; console.log(x); });
for (const k in { b: 1, a: 2, 1: 3, 0: 4 }) console.log(k); for (const k in Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true } })) console.log(k); for (const k in [7, 8]) console.log(typeof k, k); for (const c of 'a😀b') console.log(c);
outer: for (let a = 0; a < 3; a++) { inner: for (let b = 0; b < 3; b++) { if (b === 1) continue outer; if (a === 2) break outer; console.log(a, b); } } blk: { console.log('in'); if (arr) break blk; console.log('never'); }
let n = 0; do { n++; if (n === 2) continue; } while (n < 3); console.log(n); sw: switch (3) { case 1: console.log('one'); case 3: console.log('three'); default: console.log('def'); break sw; case 4: console.log('no'); }
const ent = Object.entries({ x: 1, y: { z: [2] } }); for (const [k, { z: [q] = [] } = {}] of ent.filter(([k]) => k === 'y')) console.log(k, q); const { a: { b: deep = 5 } = {}, ...others } = { c: 1, d: 2 }; console.log(deep, others);
function f({ a = 1, b: { c = 2, ...r } = {}, ...o } = {}, [x = 3, ...y] = [], ...z) { return [a, c, r, o, x, y, z]; } console.log(f(), f({ b: { c: 9, e: 1 }, q: 2 }, [undefined, 7, 8], 'z1', 'z2'), f.length);
let u, v; [u, v = u] = [1]; ({ u, w: v = 'dv' } = { u: 5 }); console.log(u, v); const key = 'dyn'; const { [key]: val, ['x' + 1]: x1 = 'none' } = { dyn: 1 }; console.log(val, x1);
console.log(Array.from({ length: 3 }, (_, k) => k ** 2), [...'héllo'].reverse().join(''), [3, 1, 2].toSorted(), [1, 2, 3].with(1, 9), [1, [2, [3, [4]]]].flat(Infinity), [1, 2].flatMap((q) => [q, q]), [1, 2, 3].at(-1), [1, 2, 3].findLast((q) => q < 3), [5, 1, 10].sort(), [..."ab"].entries().next().value, Array.of(7), new Array(3).fill(0), [1, 2, 3, 4].copyWithin(0, 2), [,1], [1,,2], [undefined, 3].indexOf(undefined), [NaN].includes(NaN), [NaN].indexOf(NaN));
