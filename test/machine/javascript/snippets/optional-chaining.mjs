const o = { a: { b: () => 'called', n: null, arr: [1] } };
console.log(o?.a?.b?.(), o.x?.y.z.w, o.a.n?.foo, o.a.arr?.[0], o.x?.(), o.a?.['b'](), o.nope?.[o.never.x], delete o?.a?.n, o);
console.log(null ?? 'd', 0 ?? 'd', undefined?.x ?? 'e', '' || 'f', 0 || null || 'g', 1 && 2, 0 && x);
let p = null; p ??= 5; p ||= 6; p &&= 7; console.log(p); const q = {}; q.a ??= []; q.a.push(1); q.b ||= 'b'; q.a &&= q.a.length; console.log(q);
class A { static x = { m() { return this === A.x; } }; } console.log(A?.x?.m(), A.x.m?.());
try { o.a.zzz.b?.(); } catch (e) { console.log(e.message); } try { o.a.arr?.foo(); } catch (e) { console.log(e.message); }
