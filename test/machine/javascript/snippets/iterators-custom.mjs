class Range { constructor(a, b) { this.a = a; this.b = b; } [Symbol.iterator]() { let c = this.a; const b = this.b; return { next: () => c < b ? { value: c++, done: false } : { value: undefined, done: true }, return() { console.log('return called'); return {}; } }; } }
console.log([...new Range(1, 4)], Array.from(new Range(0, 3), (x) => x * x), Math.max(...new Range(1, 6)));
for (const x of new Range(0, 10)) { if (x === 2) break; console.log(x); }
const [p, q] = new Range(5, 9); console.log(p, q); console.log(new Set(new Range(1, 3)), new Map([...new Range(0, 2)].map((i) => [i, i * i])));
try { for (const x of new Range(0, 3)) { throw new Error('in body'); } } catch (e) { console.log(e.message); }
function f() { for (const x of new Range(0, 3)) return x; } console.log(f());
console.log(Object.fromEntries(new Map([['a', 1]])), [...'héllo👍'], [...new Map([[1, 2]]).keys()], [...[7, 8].entries()]);
