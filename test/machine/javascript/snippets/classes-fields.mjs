let order = [];
class P { a = order.push('a'); [`b${1 + 1}`] = order.push('b'); static s = order.push('static'); static { order.push('block'); this.t = this.s + 1; } constructor() { order.push('ctor P'); } }
class Q extends P { c = (order.push('c'), this.a); constructor() { order.push('before super'); super(); order.push('after'); } }
console.log(new Q(), order, P.s, P.t);
class R { f = () => this; g() { return this; } }
const r = new R(); const { f, g } = r; console.log(f() === r, g());
class E extends P {} console.log(new E().a);
