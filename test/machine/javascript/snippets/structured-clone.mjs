const o = { a: 1, d: new Date(0), m: new Map([['k', { x: 1 }]]), s: new Set([1]), n: null, u: undefined, arr: [1, , 3], r: /x/g }; o.self = o;
const c = structuredClone(o); console.log(c, c !== o, c.self === c, c.m.get('k') !== o.m.get('k'));
try { structuredClone({ f() {} }); } catch (e) { console.log(e.name); }
class P { x = 1; } console.log(structuredClone(new P()));
