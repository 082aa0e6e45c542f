function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
const out = []; for (const x of fib()) { if (x > 50) break; out.push(x); } console.log(out);
function* g() { const x = yield 1; console.log('x', x); try { const y = yield x * 2; console.log('y', y); } catch (e) { console.log('caught', e.message); yield 'recovered'; } finally { console.log('finally'); } return 'end'; }
const it = g(); console.log(it.next('ignored'), it.next(21), it.throw(new Error('T')), it.next(), it.next());
const it2 = g(); it2.next(); it2.next(1); console.log(it2.return('early'), it2.next());
function* d() { const r = yield* inner(); console.log('r', r); yield* [10, 20]; yield* 'ab'; } function* inner() { yield 'i1'; try { yield 'i2'; } finally { console.log('inner fin'); } return 'ret'; }
console.log([...d()]); const dd = d(); dd.next(); dd.next(); console.log(dd.return(5), dd.next());
console.log(Object.prototype.toString.call(it), it[Symbol.iterator]() === it, it);
const it3 = g(); try { it3.throw(new Error('first')); } catch (e) { console.log(e.message, it3.next()); }
class Tree { constructor(v, l, r) { this.v = v; this.l = l; this.r = r; } *[Symbol.iterator]() { if (this.l) yield* this.l; yield this.v; if (this.r) yield* this.r; } }
console.log([...new Tree(2, new Tree(1), new Tree(3))], Math.max(...new Tree(5, new Tree(9))));
