class Mutex { constructor() { this.tail = Promise.resolve(); } run(f) { const r = this.tail.then(f); this.tail = r.catch(() => {}); return r; } }
const m = new Mutex();
let v = 0;
const bump = () => m.run(async () => { const x = v; await new Promise((r) => setTimeout(r, 1)); v = x + 1; console.log('v', v); });
await Promise.all([bump(), bump(), bump()]);
