const cache = new Map(); let loads = 0;
async function load(k) { loads++; await null; return { k, n: loads }; }
async function get(k) { if (!cache.has(k)) cache.set(k, await load(k)); return cache.get(k); }
const [a, b] = await Promise.all([get('x'), get('x')]); console.log(a === b, loads, cache);
const inflight = new Map(); function get2(k) { let p = inflight.get(k); if (!p) { p = load(k); inflight.set(k, p); } return p; }
const [c, d] = await Promise.all([get2('y'), get2('y')]); console.log(c === d, loads);
