class P2 extends Promise { static get [Symbol.species]() { return Promise; } }
const p = new P2((r) => r(1));
console.log(p instanceof P2, p instanceof Promise);
console.log(await p);
class P3 extends Promise {}
console.log(P3.resolve(1) instanceof P3, (await P3.resolve(4)));
