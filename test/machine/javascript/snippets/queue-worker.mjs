class Queue { #items = []; #waiting = []; push(x) { const w = this.#waiting.shift(); if (w) w(x); else this.#items.push(x); } async pop() { if (this.#items.length) return this.#items.shift(); return new Promise((r) => this.#waiting.push(r)); } get size() { return this.#items.length; } }
const q = new Queue(); const out = [];
async function consumer(name) { for (;;) { const x = await q.pop(); if (x === null) return out.push(name + ' stop'); out.push(name + x); await null; } }
const cs = [consumer('a'), consumer('b')]; for (let i = 0; i < 5; i++) q.push(i); q.push(null); q.push(null); await Promise.all(cs); console.log(out, q.size);
