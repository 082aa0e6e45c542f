const o = { _v: 1, get v() { return this._v; }, set v(x) { this._v = x * 2; }, ['comp' + 1]: 5, m() { return this.v; }, async am() {}, *gm() {} };
o.v = 10; console.log(o.v, o.m(), o, Object.keys(o));
const child = Object.create(o); child.v = 3; console.log(child._v, Object.keys(child), o._v);
Object.defineProperty(o, 'ro', { value: 1 }); try { o.ro = 2; } catch (e) { console.log(e.message); }
Object.defineProperty(o, 'acc', { get: () => 7, enumerable: true }); try { o.acc = 2; } catch (e) { console.log(e.message); }
console.log(o.acc, Object.getOwnPropertyDescriptor(o, 'ro'), Object.getOwnPropertyDescriptor(o, 'v'));
