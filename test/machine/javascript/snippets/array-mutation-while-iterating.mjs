const a = [1, 2, 3]; for (const x of a) { if (a.length < 6) a.push(x * 10); console.log(x); }
const b = [1, 2, 3, 4]; b.forEach((x) => { if (x === 2) b.shift(); console.log('f', x); });
const m = new Map([[1, 'a'], [2, 'b']]); for (const [k] of m) { console.log('m', k); if (k === 1) { m.delete(2); m.set(3, 'c'); } if (k < 6) m.set(k + 3, 'n'); }
const s = new Set([1, 2, 3]); for (const x of s) { console.log('s', x); s.delete(x); if (x < 3) s.add(x + 10); } console.log(s);
m.forEach((v, k) => { console.log(k, v); m.delete(k); }); console.log(m.size);
const it = [1, 2][Symbol.iterator](); console.log(it.next(), [...it], it.next());
