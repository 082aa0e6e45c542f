const o = { b: 1, a: 2, 10: 'ten', 2: 'two', [Symbol('s')]: 3 }; console.log(o, Object.keys(o), Object.values(o), Object.entries(o), JSON.stringify(o));
const f = Object.freeze({ x: { y: 1 } }); f.x.y = 2; try { f.z = 1; } catch (e) { console.log(e.message); } try { delete f.x; } catch (e) { console.log(e.message); } console.log(f, Object.isFrozen(f), Object.isFrozen({}), Object.isSealed(Object.seal({ a: 1 })));
const s = Object.seal({ a: 1 }); s.a = 2; try { s.b = 1; } catch (e) { console.log(e.message); } console.log(s, Object.isExtensible(s));
console.log(Object.assign({ a: 1 }, { b: 2 }, null, { a: 3 }), Object.getOwnPropertyNames('ab'), Object.is(NaN, NaN), Object.hasOwn(o, 'a'), o.hasOwnProperty('q'), Object.getPrototypeOf([]) === Array.prototype);
const p = Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true }, hidden: { value: 3 } }); console.log(p, p.inherited, p.hidden, Object.keys(p)); for (const k in p) console.log(k);
const n = Object.create(null); n.a = 1; console.log(n, 'toString' in n, Object.getOwnPropertyDescriptors({ get a() { return 1; }, b: 2 }));
console.log(Object.entries('hi'), Object.fromEntries([['a', 1], ['b', [2]]]), { __proto__: { z: 1 } }.z, Object.getOwnPropertySymbols(o).length);
Object.defineProperties(o, { c: { value: 9, writable: false, enumerable: true }, d: { get() { return this.b; }, configurable: true } }); console.log(o.c, o.d); try { Object.defineProperty(f, 'q', { value: 1 }); } catch (e) { console.log(e.message); } try { Object.defineProperty(o, 'c', { value: 10 }); } catch (e) { console.log(e.message); }
